using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

public static partial class DepthwiseConv2D
{
    private const int OffsetTile = 64; // sums on the stack

    /// <summary>
    /// int8 codes in, int8 codes out, with weights whose real 0 is another code than 0:
    /// <c>clamp(scaled(bias + Σ (w − zp_w) · (x − zp_x)) + zp)</c> over the taps inside of the image.
    /// </summary>
    /// <remarks>
    /// <c>DepthwiseConv</c> in <c>tensorflow/lite/kernels/internal/reference/depthwiseconv_uint8.h</c>, all codes less
    /// 128.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] int8 codes.</param>
    /// <param name="weightsZeroPoint">Their zero point, in [-128, 127].</param>
    /// <param name="bias">[output channels].</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output channel), the output's zero point
    /// and clamp.</param>
    /// <param name="output">[batches, output height, output width, output channels] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    [SkipLocalsInit]
    public static void Int8Offset<TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, int weightsZeroPoint,
        ReadOnlySpan<int> bias, int inputZeroPoint, in Requantization r, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check<TRequantizer>(g.OutputChannels);
        Span<int> sums = stackalloc int[OffsetTile];
        ImagePositions positions = new(g);
        while (positions.MoveNext())
        {
            OffsetWindow window = new(g, positions, inputZeroPoint, weightsZeroPoint);
            for (int first = 0; first < g.OutputChannels; first += OffsetTile)
            {
                Span<int> tile = sums[..Math.Min(OffsetTile, g.OutputChannels - first)];
                bias.Slice(first, tile.Length).CopyTo(tile);
                window.Add(input, weights, first, tile);
                TRequantizer.Run(tile, r, first, output.Slice(positions.Output + first, tile.Length));
            }
        }
    }
}
