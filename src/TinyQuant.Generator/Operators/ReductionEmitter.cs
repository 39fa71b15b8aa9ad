using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Mean, Sum, ReduceMax and ReduceMin, int8 and float32, and ReduceAll.</summary>
internal sealed class ReductionEmitter : IOperatorEmitter
{
    public static readonly ReductionEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var reduction = (Reduction)op;
        string input = context.Span(reduction.Input);
        KernelArgument kept = View(reduction, context, isReduced: false);
        KernelArgument reduced = View(reduction, context, isReduced: true);
        string output = context.Span(reduction.Output);
        if (op is ReduceAll)
        {
            return context.Call(op, "Kernels::Reduction.All", input, kept, reduced, output);
        }

        if (op is ReduceMax or ReduceMin)
        {
            string method = op is ReduceMax ? "Greatest" : "Least";
            return context.Call(op, $"Kernels::Reduction.{method}<{reduction.Input.Type.ToCSharp()}>", input,
                kept, reduced, output);
        }

        if (reduction.Input.Type == TensorType.Float32)
        {
            return context.Call(op, "Kernels::Reduction.Float32", input, kept, reduced,
                ("divisor", op is Mean ? reduction.Count : 1f), output);
        }

        Quantization x = reduction.Input.Quantization!;
        Quantization y = reduction.Output.Quantization!;
        FixedPointMultiplier multiplier = FixedPointMultiplier.Of(
            (double)x.Scale / y.Scale, context.FixedPointRounding);
        if (op is Mean)
        {
            multiplier = DividedBy(multiplier, reduction.Count);
        }

        return context.Call(op, $"Kernels::Reduction.Int8<{TypeArguments.FixedPoint(context.FixedPointRounding)}>",
            input,
            kept,
            reduced,
            ("inputZeroPoints", unchecked(x.ZeroPoint * reduction.Count)),
            ("multiplier", multiplier.Multiplier),
            ("shift", multiplier.Shift),
            ("outputZeroPoint", y.ZeroPoint),
            output);
    }

    /// <summary>
    /// As many bits as the count has are shifted in, so that the quotient keeps them: <c>QuantizedMeanOrSum</c> of
    /// TensorFlow Lite's reference kernels.
    /// </summary>
    internal static FixedPointMultiplier DividedBy(FixedPointMultiplier multiplier, int count)
    {
        int bits = 0;
        while (count >> (bits + 1) != 0)
        {
            bits++;
        }

        bits = Math.Min(bits, 31 + multiplier.Shift); // a shift below -31 is none
        return new FixedPointMultiplier((int)(((long)multiplier.Multiplier << bits) / count), multiplier.Shift - bits);
    }

    /// <summary>The dimensions that are kept, or those that are reduced. One element alone has no next one.</summary>
    private static KernelArgument View(Reduction reduction, LoweringContext context, bool isReduced)
    {
        int[] strides = ViewWriter.Strides(reduction.Input);
        string name = isReduced ? "reduced" : "kept";
        IEnumerable<(int Size, int Stride)> dimensions = reduction.Input.Shape
            .Select((size, d) => (size, strides[d]))
            .Where((_, d) => reduction.Axes.Contains(d) == isReduced);
        return ViewWriter.Write(context, $"{reduction.Output.Name}.{name}", 0, dimensions) with { Name = name };
    }
}
