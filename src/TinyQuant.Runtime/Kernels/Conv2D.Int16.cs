using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    private const int Int16Tile = 64; // sums on the stack

    /// <summary>int16 codes with int8 weights: <c>clamp(scaled(bias + Σ w · x))</c>, over groups of channels.</summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/conv.h</c>. Zero points of int16 are 0. Output o reads
    /// the channels of group o / (outputs / groups).
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int16 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="groups">Divides input and output channels; 1 for an ordinary convolution.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels / groups] int8 codes.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output) and the clamp.</param>
    /// <param name="patch">Room for a window over a group's channels, rounded up to a multiple of 16.</param>
    /// <param name="output">[batches, output height, output width, outputs] int16 codes.</param>
    /// <typeparam name="TSums">How sums are scaled.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Int16<TSums>(
        ReadOnlySpan<short> input, in WindowGeometry geometry, int groups, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<long> bias, in Int16Requantization r, Span<short> patch, Span<short> output)
        where TSums : struct, ISumScaling
    {
        WindowGeometry g = geometry;
        g.Check(input.Length, output.Length);
        var shape = new ConvolutionGroups(g, groups, weights.Length, bias.Length);
        r.Check(g.OutputChannels);
        int depth = shape.Depth;
        patch = patch[..Int16Layout.Padded(depth)];
        patch[depth..].Clear();
        Span<long> sums = stackalloc long[Int16Tile];
        ImagePositions positions = new(g);
        while (positions.MoveNext())
        {
            ReadOnlySpan<short> image = input.Slice(positions.Image, g.InputHeight * g.InputRow);
            Span<short> pixel = output.Slice(positions.Output, g.OutputChannels);
            for (int group = 0; group < groups; group++)
            {
                WindowPatch.Gather(
                    image, g, positions.Row, positions.Column, group * shape.Channels, shape.Channels, (short)0,
                    patch[..depth]);
                int end = (group + 1) * shape.Outputs;
                for (int first = group * shape.Outputs; first < end; first += Int16Tile)
                {
                    Span<long> tile = sums[..Math.Min(Int16Tile, end - first)];
                    bias.Slice(first, tile.Length).CopyTo(tile);
                    Int16Products.Add(patch, depth, weights[(first * depth)..], depth, tile);
                    r.Run<TSums>(tile, first, pixel[first..]);
                }
            }
        }
    }
}
