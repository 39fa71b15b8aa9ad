using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Int4;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    /// <summary>
    /// int8 codes in and out, int4 weights: some outputs at a time, whose weights are written out as int8.
    /// </summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">[outputs, filter height, filter width · channels padded to 4] int4 codes:
    /// <see cref="PackedLength"/> of them, two to a byte.</param>
    /// <param name="multipliers">[outputs, ⌈depth / 32⌉], from 1 to 18, in columns as the weights; empty for
    /// none.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output), the output's zero point and
    /// clamp.</param>
    /// <param name="blockOutputs">Outputs at a time: all of them, or a multiple of 8.</param>
    /// <param name="block">Room for their int8 weights and, unless they are all, for what they are at every
    /// position.</param>
    /// <param name="patch">As for <see cref="Int8"/>.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int4<TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<sbyte> multipliers,
        ReadOnlySpan<int> bias, int inputZeroPoint, in Requantization r, int blockOutputs, Span<sbyte> block,
        Span<sbyte> patch, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        geometry.Check(input.Length, output.Length);
        if (geometry.IsSingle)
        {
            // A window that shares its weights with no other.
            FullyConnected.Int4<TRequantizer>(input, weights, multipliers, bias, r, block, output);
            return;
        }

        int outputs = geometry.OutputChannels;
        r.Check<TRequantizer>(outputs);
        SpanChecks.Equal(bias.Length, outputs, "bias", "outputs");
        int depth = PackedLength(1, geometry.FilterHeight, geometry.FilterWidth * geometry.InputChannels);
        Int4Weights packed = new(weights, multipliers, outputs, depth);
        int most = Int4Weights.OutputsAtOnce(outputs, blockOutputs);
        int positions = output.Length / outputs;
        SpanChecks.AtLeast(block.Length, Int4Layout.BlockLength(most, outputs, depth, positions), "block", "geometry");
        for (int first = 0; first < outputs; first += most)
        {
            int count = Math.Min(most, outputs - first);
            Span<sbyte> codes = block[..(count * depth)];
            packed.Unpack(first, count, codes);
            Span<sbyte> part = count == outputs ? output : block.Slice(codes.Length, count * positions);
            Int8<NarrowWeights, TRequantizer>(
                input, geometry.WithOutputs(count), codes, bias.Slice(first, count), inputZeroPoint,
                r.Slice(first, count), patch, part);
            if (count < outputs)
            {
                Scatter(part, count, output[first..], outputs);
            }
        }
    }

    private static void Scatter(ReadOnlySpan<sbyte> part, int count, Span<sbyte> output, int outputs)
    {
        for (int at = 0; !part.IsEmpty; at += outputs, part = part[count..])
        {
            part[..count].CopyTo(output[at..]);
        }
    }
}
