using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels;

public static partial class TransposeConv
{
    /// <summary>int16 codes with int8 weights: sums of 64 bits, <c>clamp(scaled(bias + Σ w · x))</c>.</summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/transpose_conv.h</c>. Zero points of int16 are 0.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int16 codes.</param>
    /// <param name="geometry">Sizes; the window slides over the output. The dilation is 1.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels] int8 codes.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output) and the clamp.</param>
    /// <param name="pixel">Room for [channels] codes, rounded up to a multiple of 16.</param>
    /// <param name="output">[batches, output height, output width, outputs] int16 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Int16(
        ReadOnlySpan<short> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<long> bias,
        in Int16Requantization r, Span<short> pixel, Span<short> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check(g.OutputChannels);
        Span<long> sums = stackalloc long[Tile];
        TransposedWindows windows = new(g);
        while (windows.MoveNext())
        {
            for (int first = 0; first < g.OutputChannels; first += Tile)
            {
                Span<long> tile = sums[..Math.Min(Tile, g.OutputChannels - first)];
                bias.Slice(first, tile.Length).CopyTo(tile);
                for (int tap = 0; tap < g.FilterHeight * g.FilterWidth; tap++)
                {
                    int at = windows.InputOf(tap);
                    if (at >= 0)
                    {
                        Int16Products.Add(
                            Int16Products.Pad(input.Slice(at, g.InputChannels), pixel), g.InputChannels,
                            weights[WeightsOf(g, first, tap)..], g.PatchLength, tile);
                    }
                }

                r.Run<Sums64>(tile, first, output[(windows.Output + first)..]);
            }
        }
    }
}
