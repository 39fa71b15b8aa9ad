using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>SquaredDifference, float32, int32, int8 and int16.</summary>
internal sealed class SquaredDifferenceEmitter : IOperatorEmitter
{
    public static readonly SquaredDifferenceEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var difference = (SquaredDifference)op;
        TensorType type = difference.Output.Type;
        if (type is TensorType.Float32 or TensorType.Int32)
        {
            return context.Call(op, $"Kernels::Elementwise.SquaredDifference<{type.ToCSharp()}>",
                context.Span(difference.Left), context.Span(difference.Right),
                BroadcastWriter.Write(difference, context), context.Span(difference.Output));
        }

        Rounding rounding = context.FixedPointRounding;
        (double left, double right, double output) = difference.Factors();
        var ofLeft = FixedPointMultiplier.Of(left, rounding);
        var ofRight = FixedPointMultiplier.Of(right, rounding);
        var ofOutput = FixedPointMultiplier.Of(output, rounding);
        (Quantization a, Quantization b) = (difference.Left.Quantization!, difference.Right.Quantization!);
        Quantization y = difference.Output.Quantization!;
        return type == TensorType.Int8 && OneCodeTable.Find(difference) is { } one
            ? one.Lower(difference, "Kernels::LookupTable.Int8", context, Code)
            : context.Call(op,
                $"Kernels::SquaredDifference.{(type == TensorType.Int8 ? "Int8" : "Int16")}"
                    + $"<{TypeArguments.FixedPoint(rounding)}>",
                context.Span(difference.Left), context.Span(difference.Right),
                BroadcastWriter.Write(difference, context),
                KernelArgument.New("Kernels::SquaredDifferenceConstants",
                    ("leftZeroPoint", a.ZeroPoint), ("leftMultiplier", ofLeft.Multiplier), ("leftShift", ofLeft.Shift),
                    ("rightZeroPoint", b.ZeroPoint), ("rightMultiplier", ofRight.Multiplier),
                    ("rightShift", ofRight.Shift),
                    ("outputZeroPoint", y.ZeroPoint), ("outputMultiplier", ofOutput.Multiplier),
                    ("outputShift", ofOutput.Shift)),
                context.Span(difference.Output));

        int Code(int l, int r)
        {
            int apart = Scaled(l - a.ZeroPoint, ofLeft) - Scaled(r - b.ZeroPoint, ofRight);
            long code = (long)Gemmlowp.Multiply(apart * apart, ofOutput, rounding) + y.ZeroPoint;
            return (int)Math.Min(sbyte.MaxValue, Math.Max(sbyte.MinValue, code));
        }

        int Scaled(int centred, FixedPointMultiplier factor) =>
            Gemmlowp.Multiply(centred << difference.LeftShift, factor, rounding);
    }
}
