using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Mul, int8, int16, int32 and float32.</summary>
internal sealed class MulEmitter : IOperatorEmitter
{
    public static readonly MulEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var mul = (Mul)op;
        string left = context.Span(mul.Left);
        string right = context.Span(mul.Right);
        KernelArgument geometry = BroadcastWriter.Write(mul, context);
        string output = context.Span(mul.Output);
        if (mul.Output.Type == TensorType.Float32)
        {
            (float least, float greatest) = ActivationRange.Float32(mul.Activation);
            return context.Call(
                op, "Kernels::Elementwise.Mul", left, right, geometry, ("min", least), ("max", greatest), output);
        }

        if (mul.Output.Type == TensorType.Int32)
        {
            (int low, int high) = ActivationRange.Int32(mul.Activation);
            return context.Call(
                op, "Kernels::Elementwise.MulInt32", left, right, geometry, ("min", low), ("max", high), output);
        }

        Quantization a = mul.Left.Quantization!;
        Quantization b = mul.Right.Quantization!;
        Quantization result = mul.Output.Quantization!;
        double real = mul.IsLegacy
            ? (float)((float)(a.Scale * b.Scale) / result.Scale)
            : (double)a.Scale * b.Scale / result.Scale;
        var multiplier = FixedPointMultiplier.Of(real, context.FixedPointRounding);
        (int min, int max) = ActivationRange.OfCodes(mul.Activation, mul.Output);
        string method = $"{TypeArguments.Codes(mul.Output)}<{TypeArguments.FixedPoint(context.FixedPointRounding)}>";
        return context.Call(op, "Kernels::Mul." + method, left, right, geometry,
            KernelArgument.New("Kernels::MulConstants",
                ("leftZeroPoint", a.ZeroPoint), ("rightZeroPoint", b.ZeroPoint), ("outputZeroPoint", result.ZeroPoint),
                ("multiplier", multiplier.Multiplier), ("shift", multiplier.Shift), ("min", min), ("max", max)),
            output);
    }
}
