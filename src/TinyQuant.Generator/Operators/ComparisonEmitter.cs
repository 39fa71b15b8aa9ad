using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Equal, NotEqual, Greater, GreaterEqual, Less and LessEqual, of any type.</summary>
internal sealed class ComparisonEmitter : IOperatorEmitter
{
    public static readonly ComparisonEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var comparison = (ComparisonOperator)op;
        string method = $"Kernels::{Method(op)}";
        if (comparison.Left.Type == TensorType.Int8)
        {
            return Int8(comparison, method, context);
        }

        string call = comparison.Left.Type == TensorType.Bool
            ? $"Kernels::Comparison.Bool<{method}>"
            : $"Kernels::Comparison.Run<{comparison.Left.Type.ToCSharp()}, {method}>";
        return context.Call(op, call, context.Span(comparison.Left), context.Span(comparison.Right),
            BroadcastWriter.Write(comparison, context), context.Span(comparison.Output));
    }

    /// <summary>
    /// Each code in 1/256 of a real unit: <c>EvalQuantizedComparison</c> of kernels/internal/reference/comparisons.h.
    /// </summary>
    private static KernelCall Int8(ComparisonOperator op, string comparison, LoweringContext context)
    {
        Rounding rounding = context.FixedPointRounding;
        (Quantization left, Quantization right) = (op.Left.Quantization!, op.Right.Quantization!);
        var ofLeft = FixedPointMultiplier.Of(left.Scale, rounding);
        var ofRight = FixedPointMultiplier.Of(right.Scale, rounding);
        return OneCodeTable.Find(op) is { } one
            ? one.Lower(op, "Kernels::LookupTable.Int8ToBool", context, (x, y) => Holds(
                op, Scaled(x, left, ofLeft, rounding), Scaled(y, right, ofRight, rounding)) ? 1 : 0)
            : context.Call(op, $"Kernels::Comparison.Int8<{comparison}, {TypeArguments.FixedPoint(rounding)}>",
                context.Span(op.Left), context.Span(op.Right), BroadcastWriter.Write(op, context),
                KernelArgument.New("Kernels::ComparisonConstants",
                    ("leftZeroPoint", left.ZeroPoint), ("leftMultiplier", ofLeft.Multiplier),
                    ("leftShift", ofLeft.Shift),
                    ("rightZeroPoint", right.ZeroPoint), ("rightMultiplier", ofRight.Multiplier),
                    ("rightShift", ofRight.Shift)),
                context.Span(op.Output));
    }

    private static int Scaled(int code, Quantization quantization, FixedPointMultiplier factor, Rounding rounding) =>
        Gemmlowp.Multiply((code - quantization.ZeroPoint) * 256, factor, rounding);

    private static string Method(Operator op) => op switch
    {
        Equal => "EqualTo",
        NotEqual => "NotEqualTo",
        Greater => "GreaterThan",
        GreaterEqual => "GreaterThanOrEqual",
        Less => "LessThan",
        _ => "LessThanOrEqual",
    };

    private static bool Holds(Operator op, int left, int right) => op switch
    {
        Equal => left == right,
        NotEqual => left != right,
        Greater => left > right,
        GreaterEqual => left >= right,
        Less => left < right,
        _ => left <= right,
    };
}
