using TinyQuant.Kernels.Requantizers;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Div, float32, int32 and int8, whose rounding is the same in every model.</summary>
internal sealed class DivEmitter : IOperatorEmitter
{
    private const int Divisors = 256;

    public static readonly DivEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var div = (Div)op;
        return div.Output.Type == TensorType.Int8 ? Int8(div, context)
            : div.Output.Type == TensorType.Int32
                ? Call(div, "Kernels::Div.Int32", Int32(div.Activation), context)
                : Call(div, "Kernels::Elementwise.Div", Float32(div.Activation), context);
    }

    private static KernelCall Call(
        Div op, string method, (KernelArgument Min, KernelArgument Max) range, LoweringContext context) =>
        context.Call(op, method, context.Span(op.Left), context.Span(op.Right), BroadcastWriter.Write(op, context),
            range.Min, range.Max, context.Span(op.Output));

    private static (KernelArgument Min, KernelArgument Max) Float32(Activation activation)
    {
        (float min, float max) = ActivationRange.Float32(activation);
        return (("min", min), ("max", max));
    }

    private static (KernelArgument Min, KernelArgument Max) Int32(Activation activation)
    {
        (float min, float max) = activation.Range();
        return (
            ("min", float.IsInfinity(min) ? int.MinValue : (int)min),
            ("max", float.IsInfinity(max) ? int.MaxValue : (int)max));
    }

    private static KernelCall Int8(Div op, LoweringContext context)
    {
        (Quantization left, Quantization right) = (op.Left.Quantization!, op.Right.Quantization!);
        Quantization output = op.Output.Quantization!;
        var factor = FixedPointMultiplier.Of(Div.Factor(left, right, output));
        (int min, int max) = ActivationRange.Quantized(op.Activation, output);
        int[] reciprocals =
            [0, .. Enumerable.Range(1, Divisors - 1).Select(d => QuantizedQuotient.Reciprocal(d))];
        return OneCodeTable.Find(op) is { } one
            ? one.Lower(op, "Kernels::LookupTable.Int8", context, Code)
            : context.Call(op, "Kernels::Div.Int8", context.Span(op.Left), context.Span(op.Right),
                BroadcastWriter.Write(op, context),
                KernelArgument.New("Kernels::DivConstants",
                    ("reciprocals", context.Bake(op.Output.Name + ".reciprocals", reciprocals,
                        "1 / (1 + f) of each divisor (1 + f) * 2^n, Q0.31")),
                    ("leftZeroPoint", left.ZeroPoint), ("rightZeroPoint", right.ZeroPoint),
                    ("outputZeroPoint", output.ZeroPoint), ("multiplier", factor.Multiplier), ("shift", factor.Shift),
                    ("min", min), ("max", max)),
                context.Span(op.Output));

        int Code(int x, int y)
        {
            int divisor = Math.Abs(y - right.ZeroPoint);
            int dividend = y < right.ZeroPoint ? left.ZeroPoint - x : x - left.ZeroPoint;
            int quotient = divisor == 0
                ? dividend == 0 ? 0 : dividend > 0 ? short.MaxValue : short.MinValue // an end of the clamp
                : QuantizedQuotient.Of(dividend, divisor, reciprocals[divisor], factor.Multiplier, factor.Shift);
            return (int)Math.Min(max, Math.Max(min, (long)quotient + output.ZeroPoint));
        }
    }
}
