using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int4;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>
    /// int8 codes in and out, int4 weights: some outputs at a time, whose weights are written out as int8.
    /// </summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="weights">[outputs, depth] int4 codes: <see cref="PackedLength"/> of them, two to a byte.</param>
    /// <param name="multipliers">[outputs, ⌈depth / 32⌉], from 1 to 18, in columns as the weights; empty for
    /// none.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in.</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="block">Room for the int8 weights of all outputs, or of 8 or more.</param>
    /// <param name="output">[rows, outputs] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    [SkipLocalsInit]
    public static void Int4<TRequantizer>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<sbyte> multipliers, ReadOnlySpan<int> bias,
        in Requantization r, Span<sbyte> block, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        var shape = FullyConnectedShape.OfPacked(input.Length, weights.Length * 2, bias.Length, output.Length);
        r.Check<TRequantizer>(shape.Outputs);
        int padded = (int)PackedLayout.Padded(shape.Depth);
        Int4Weights packed = new(weights, multipliers, shape.Outputs, padded);
        int most = Math.Min(
            Int4Layout.MostOutputs, Int4Weights.OutputsAtOnce(shape.Outputs, block.Length / Math.Max(padded, 1)));
        Span<int> sums = stackalloc int[Int4Layout.MostOutputs];
        for (int first = 0; first < shape.Outputs; first += most)
        {
            int count = Math.Min(most, shape.Outputs - first);
            Span<sbyte> codes = block[..(count * padded)];
            packed.Unpack(first, count, codes);
            for (int row = 0; row < shape.Rows; row++)
            {
                Accumulate<NarrowWeights>(
                    input.Slice(row * shape.Depth, shape.Depth), codes, bias.Slice(first, count), sums[..count]);
                TRequantizer.Run(sums[..count], r, first, output.Slice((row * shape.Outputs) + first, count));
            }
        }
    }
}
