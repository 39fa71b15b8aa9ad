using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Int4;

namespace TinyQuant.Kernels;

public static partial class DepthwiseConv2D
{
    /// <summary>int8 codes in and out, int4 weights, all of which are written out as int8 first.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] int4 codes, two to a byte.</param>
    /// <param name="bias">[output channels].</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output channel), the output's zero point
    /// and clamp.</param>
    /// <param name="block">Room for the weights, a byte each.</param>
    /// <param name="rows">As for <see cref="Int8"/>.</param>
    /// <param name="output">[batches, output height, output width, output channels] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int4<TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        int inputZeroPoint, in Requantization r, Span<sbyte> block, Span<sbyte> rows, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        geometry.CheckMade();
        int count = SpanChecks.Fit(
            SpanChecks.Product(geometry.FilterHeight, geometry.FilterWidth, geometry.OutputChannels), "weights");
        SpanChecks.Equal(weights.Length, Int4Layout.PackedLength(count), "weights", "geometry");
        SpanChecks.AtLeast(block.Length, count, "block", "geometry");
        Span<sbyte> codes = block[..count];
        Int4Codes.Unpack(MemoryMarshal.AsBytes(weights), codes);
        Int8<TRequantizer>(input, geometry, codes, bias, inputZeroPoint, r, rows, output);
    }
}
