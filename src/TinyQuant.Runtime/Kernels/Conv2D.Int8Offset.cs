using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Convolution;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    private const int OffsetTile = 64; // a multiple of the widest column of packed weights

    /// <summary>
    /// int8 codes in, int8 codes out, with weights whose real 0 is another code than 0:
    /// <c>clamp(scaled(bias + Σ (w − zp_w) · (x − zp_x)) + zp)</c> over the taps inside of the image.
    /// </summary>
    /// <remarks>
    /// <c>Conv</c> for uint8 in <c>tensorflow/lite/kernels/internal/reference/conv.h</c>, all codes less 128. It is
    /// <see cref="Int8"/> with <c>zp_w · Σ (x − zp_x)</c> taken from all sums of a position.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">As for <see cref="Int8"/>, their zero point not taken off.</param>
    /// <param name="weightsZeroPoint">Their zero point, in [-128, 127].</param>
    /// <param name="bias">[outputs], with the input's zero point folded in: <c>bias − zp_x·Σw</c>.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output), the output's zero point and
    /// clamp.</param>
    /// <param name="excess">Room for what is taken from the sums: a number for each position of the output.</param>
    /// <param name="patch">As for <see cref="Int8"/>.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int8Offset<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, int weightsZeroPoint,
        ReadOnlySpan<int> bias, int inputZeroPoint, in Requantization r, Span<int> excess, Span<sbyte> patch,
        Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        geometry.Check(input.Length, output.Length);
        r.Check<TRequantizer>(geometry.OutputChannels);
        SpanChecks.Equal(bias.Length, geometry.OutputChannels, "bias", "outputs");
        int packed = PackedLength(
            geometry.OutputChannels, geometry.FilterHeight, geometry.FilterWidth * geometry.InputChannels);
        SpanChecks.Equal(weights.Length, packed, "weights", "geometry");
        int positions = output.Length / geometry.OutputChannels;
        SpanChecks.AtLeast(excess.Length, positions, "excess", "geometry");
        WindowGeometry g = geometry.AsOneRow();
        SpanChecks.AtLeast(patch.Length, ConvolutionInputs.ScratchLength(g), "patch", "geometry");
        WindowExcess.Write(input, g, inputZeroPoint, weightsZeroPoint, excess[..positions]);
        if (g.IsSingle)
        {
            // A window that shares its weights with no other.
            SingleOffset<TRange, TRequantizer>(input, weights, bias, excess[0], r, output);
            return;
        }

        ConvolutionArgs args = new()
        {
            Geometry = g,
            Input = MemoryMarshal.AsBytes(input),
            Weights = weights,
            Bias = bias,
            Excess = excess[..positions],
            Padding = (sbyte)inputZeroPoint,
            Requantization = r,
            Scratch = MemoryMarshal.AsBytes(patch),
            Output = MemoryMarshal.AsBytes(output),
        };
        TileDispatch.Run<ConvolutionKernel<Int8OffsetTileWriter<TRequantizer>>, ConvolutionArgs, TRange>(ref args);
        if (geometry.OutputChannels % 8 != 0)
        {
            ConvolutionRest<TRange, TRequantizer>.Run(ref args);
        }
    }

    [SkipLocalsInit]
    private static void SingleOffset<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, int excess,
        in Requantization r, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        int depth = weights.Length / bias.Length;
        Span<int> sums = stackalloc int[OffsetTile];
        for (int first = 0; first < bias.Length; first += OffsetTile)
        {
            Span<int> tile = sums[..Math.Min(OffsetTile, bias.Length - first)];
            for (int o = 0; o < tile.Length; o++)
            {
                tile[o] = unchecked(bias[first + o] - excess);
            }

            // The unit adds its sums to what is there.
            FullyConnected.Accumulate<TRange>(input, weights.Slice(first * depth, tile.Length * depth), tile, tile);
            TRequantizer.Run(tile, r, first, output.Slice(first, tile.Length));
        }
    }
}
