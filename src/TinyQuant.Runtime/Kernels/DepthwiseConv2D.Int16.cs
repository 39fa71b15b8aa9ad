using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels;

public static partial class DepthwiseConv2D
{
    private const int Int16Tile = 64; // sums on the stack

    /// <summary>int16 codes with int8 weights: sums of 64 bits, <c>clamp(scaled(bias + Σ w · x))</c>.</summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/depthwise_conv.h</c>. Zero points of int16 are 0.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int16 codes.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] int8 codes.</param>
    /// <param name="bias">[output channels].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output channel) and the clamp.</param>
    /// <param name="patch">Room for [filter height, filter width, output channels] codes.</param>
    /// <param name="output">[batches, output height, output width, output channels] int16 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Int16(
        ReadOnlySpan<short> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<long> bias,
        in Int16Requantization r, Span<short> patch, Span<short> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check(g.OutputChannels);
        int multiplier = g.OutputChannels / g.InputChannels;
        patch = patch[..weights.Length];
        Span<long> sums = stackalloc long[Int16Tile];
        ImagePositions positions = new(g);
        while (positions.MoveNext())
        {
            ReadOnlySpan<short> image = input.Slice(positions.Image, g.InputHeight * g.InputRow);
            WindowPatch.Gather(
                image, g, positions.Row, positions.Column, 0, g.InputChannels, (short)0, patch[..g.PatchLength]);
            Repeat(patch, g.PatchLength, multiplier);
            for (int first = 0; first < g.OutputChannels; first += Int16Tile)
            {
                Span<long> tile = sums[..Math.Min(Int16Tile, g.OutputChannels - first)];
                bias.Slice(first, tile.Length).CopyTo(tile);
                Int16Channels.Add(patch[first..], weights[first..], g.OutputChannels, tile);
                r.Run<Sums64>(tile, first, output[(positions.Output + first)..]);
            }
        }
    }

    /// <summary>Each of the first elements as many times, from the last one on, in place.</summary>
    private static void Repeat(Span<short> codes, int count, int times)
    {
        for (int i = count - 1; times > 1 && i >= 0; i--)
        {
            codes.Slice(i * times, times).Fill(codes[i]);
        }
    }
}
