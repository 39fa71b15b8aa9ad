using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    /// <summary>int8 codes, where each group of outputs reads channels of its own.</summary>
    /// <remarks>
    /// Output o reads the channels of group o / (outputs / groups), as in
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/conv.h</c>.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="groups">Divides input and output channels.</param>
    /// <param name="weights">For each group [outputs / groups, filter height · filter width · channels / groups],
    /// packed as for <see cref="FullyConnected"/>.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="patch">Room for a window over a group's channels.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int8Grouped<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, int groups, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> bias, int inputZeroPoint, in Requantization r, Span<sbyte> patch, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = geometry;
        g.Check(input.Length, output.Length);
        var shape = ConvolutionGroups.OfPacked(g, groups, weights.Length, bias.Length);
        r.Check<TRequantizer>(g.OutputChannels);
        patch = patch[..shape.Depth];
        int length = weights.Length / groups;
        ImagePositions positions = new(g);
        while (positions.MoveNext())
        {
            ReadOnlySpan<sbyte> image = input.Slice(positions.Image, g.InputHeight * g.InputRow);
            for (int group = 0; group < groups; group++)
            {
                int first = group * shape.Outputs;
                WindowPatch.Gather(
                    image, g, positions.Row, positions.Column, group * shape.Channels, shape.Channels,
                    (sbyte)inputZeroPoint, patch);
                FullyConnected.Int8<TRange, TRequantizer>(
                    patch, weights.Slice(group * length, length), bias.Slice(first, shape.Outputs),
                    r.Slice(first, shape.Outputs), output.Slice(positions.Output + first, shape.Outputs));
            }
        }
    }

    /// <summary>float32 values, where each group of outputs reads channels of its own.</summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="groups">Divides input and output channels.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels / groups] real values.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="patch">Room for a window over a group's channels.</param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32Grouped(
        ReadOnlySpan<float> input, in WindowGeometry geometry, int groups, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> bias, float min, float max, Span<float> patch, Span<float> output)
    {
        WindowGeometry g = geometry;
        g.Check(input.Length, output.Length);
        var shape = new ConvolutionGroups(g, groups, weights.Length, bias.Length);
        patch = patch[..shape.Depth];
        int length = weights.Length / groups;
        ImagePositions positions = new(g);
        while (positions.MoveNext())
        {
            ReadOnlySpan<float> image = input.Slice(positions.Image, g.InputHeight * g.InputRow);
            for (int group = 0; group < groups; group++)
            {
                int first = group * shape.Outputs;
                WindowPatch.Gather(
                    image, g, positions.Row, positions.Column, group * shape.Channels, shape.Channels, 0f, patch);
                FullyConnected.Float32(
                    patch, weights.Slice(group * length, length), bias.Slice(first, shape.Outputs), min, max,
                    output.Slice(positions.Output + first, shape.Outputs));
            }
        }
    }
}
