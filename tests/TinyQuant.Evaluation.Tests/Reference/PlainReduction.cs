using System.Numerics;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Sums, means and extremes by their definition, and the first greatest along an axis.</summary>
internal static class PlainReduction
{
    public static double[] Run(Reduction op, double[] input, Rounding rounding)
    {
        int[] shape = [.. op.Input.Shape.Select((size, d) => op.Axes.Contains(d) ? 1 : size)];
        int outputs = shape.Aggregate(1, (product, size) => product * size);
        var groups = new List<double>[outputs];
        foreach ((int[] index, double value) in Indexes.Of(op.Input.Shape).Zip(input))
        {
            int to = Indexes.Element(shape, [.. index.Select((i, d) => op.Axes.Contains(d) ? 0 : i)]);
            (groups[to] ??= []).Add(value);
        }

        if (op is ReduceMax or ReduceMin)
        {
            return [.. groups.Select(g => op is ReduceMax ? g.Max() : g.Min())];
        }

        return [.. groups.Select(g =>
            op.Input.Type == TensorType.Int8 ? Code(op, g, rounding) : g.Sum() / (op is Mean ? g.Count : 1))];
    }

    public static double[] Extremum(ArgExtremum op, double[] input) => [.. Indexes.Of(op.Output.Shape).Select(index =>
    {
        double[] values = [.. Enumerable.Range(0, op.Input.Shape[op.Axis])
            .Select(i => input[Indexes.Element(op.Input.Shape, Indexes.Insert(index, op.Axis, i))])];
        return (double)Array.IndexOf(values, op is ArgMax ? values.Max() : values.Min());
    })];

    /// <summary>QuantizedMeanOrSum of tensorflow/lite/kernels/internal/reference/reduce.h.</summary>
    private static double Code(Reduction op, List<double> codes, Rounding rounding)
    {
        Quantization input = op.Input.Quantization!;
        Quantization output = op.Output.Quantization!;
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier((double)input.Scale / output.Scale);
        long count = codes.Count;
        if (op is Mean)
        {
            int bits = Math.Min(63 - BitOperations.LeadingZeroCount((ulong)count), 32);
            bits = Math.Min(bits, 31 + shift);
            multiplier = (int)(((long)multiplier << bits) / count);
            shift -= bits;
        }

        int total = codes.Aggregate(0, (sum, code) => sum + (int)code);
        int shifted = (int)(total - (input.ZeroPoint * count));
        double result = FixedPoint.Multiply(shifted, multiplier, shift, rounding) + (double)output.ZeroPoint;
        double ideal = ((double)shifted * input.Scale / output.Scale / (op is Mean ? count : 1)) + output.ZeroPoint;
        Assert.True(Math.Abs(FixedPoint.Clamp(result) - FixedPoint.Clamp(ideal)) <= 1,
            $"{op.Kind}: the reference says {result}, the real value is {ideal}");
        return FixedPoint.Clamp(result);
    }
}
