using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Quantize and Dequantize; int8 to int8 is a table.</summary>
internal sealed class QuantizeEmitter : IOperatorEmitter
{
    public static readonly QuantizeEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var unary = (UnaryOperator)op;
        if (op is Quantize && (unary.Input.Type, unary.Output.Type) == (TensorType.Int8, TensorType.Int8))
        {
            return UnaryEmitter.Instance.Lower(op, index, context);
        }

        string input = context.Span(unary.Input);
        string output = context.Span(unary.Output);
        Tensor codes = op is Dequantize ? unary.Input : unary.Output;
        if (op is Dequantize || unary.Input.Type == TensorType.Float32)
        {
            return context.Call(op, $"Kernels::{op.Kind}.Run", input,
                ("scale", codes.Quantization!.Scale), ("zeroPoint", codes.Quantization.ZeroPoint), output);
        }

        Quantization from = unary.Input.Quantization!;
        Quantization to = unary.Output.Quantization!;
        if (unary.Input.Type == TensorType.UInt8 && from.Scale == to.Scale
            && from.ZeroPoint == to.ZeroPoint - sbyte.MinValue)
        {
            return context.Call(op, "Kernels::Quantize.FromPixels", input, output); // a ratio of 1 changes no code
        }

        var ratio = FixedPointMultiplier.Of((double)from.Scale / to.Scale, context.FixedPointRounding);
        return context.Call(op,
            $"Kernels::Requantize.Run<{unary.Input.Type.ToCSharp()}, "
                + $"{unary.Output.Type.ToCSharp()}, {TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            input, ("inputZeroPoint", from.ZeroPoint), ("multiplier", ratio.Multiplier), ("shift", ratio.Shift),
            ("outputZeroPoint", to.ZeroPoint), output);
    }
}
