using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Prelu, int8, int16 with int8 slopes, and float32.</summary>
internal sealed class PreluEmitter : IOperatorEmitter
{
    public static readonly PreluEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var prelu = (Prelu)op;
        string input = context.Span(prelu.Left);
        string alpha = context.Span(prelu.Right);
        KernelArgument geometry = BroadcastWriter.Write(prelu, context);
        string output = context.Span(prelu.Output);
        if (prelu.Output.Type == TensorType.Float32)
        {
            return context.Call(op, "Kernels::Prelu.Float32", input, alpha, geometry, output);
        }

        Quantization x = prelu.Left.Quantization!;
        Quantization slope = prelu.Right.Quantization!;
        Quantization y = prelu.Output.Quantization!;
        var identity = FixedPointMultiplier.Of((double)x.Scale / y.Scale, context.FixedPointRounding);
        var scaled = FixedPointMultiplier.Of((double)x.Scale * slope.Scale / y.Scale, context.FixedPointRounding);
        string method = $"{TypeArguments.Codes(prelu.Output)}<{TypeArguments.FixedPoint(context.FixedPointRounding)}>";
        return context.Call(op, "Kernels::Prelu." + method, input, alpha, geometry,
            KernelArgument.New("Kernels::PreluConstants",
                ("inputZeroPoint", x.ZeroPoint), ("alphaZeroPoint", slope.ZeroPoint), ("outputZeroPoint", y.ZeroPoint),
                ("multiplier", identity.Multiplier), ("shift", identity.Shift),
                ("alphaMultiplier", scaled.Multiplier), ("alphaShift", scaled.Shift)),
            output);
    }
}
