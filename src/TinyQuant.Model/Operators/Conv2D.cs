using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's CONV_2D. Inputs: an image [batches, height, width, channels], weights [outputs, height, width,
/// channels] and optionally a bias [outputs]. All float32, or int8 with an int32 bias.
/// </summary>
/// <param name="inputs">Image, weights and, optionally, a bias.</param>
/// <param name="output">[batches, height, width, outputs].</param>
/// <param name="window">Stride, dilation, padding and activation.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Conv2D(ImmutableArray<Tensor> inputs, Tensor output, WindowOptions window, int line = -1)
    : Convolution(inputs, output, window, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(2, 3), 1, p => new Conv2D(p.Inputs, p.Output, p.Get(s_window), p.Line), s_window);

    /// <inheritdoc/>
    public override long Macs => (long)(Output.ElementCount / Output.Shape[3]) * Weights.ElementCount;

    /// <inheritdoc/>
    private protected override int ChannelAxis => 0;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Weights.Shape[3] != Input.Shape[3])
        {
            return [Invariant($"weights '{Weights.Name}' {Weights.ShapeText} have {Weights.Shape[3]} channels and ")
                + Invariant($"input '{Input.Name}' {Input.ShapeText} ")
                + Invariant($"has {Input.Shape[3]}; expected as many (grouped convolution is not supported)")];
        }

        (long height, long width) = Window.OutputSize(Input.Shape[1], Input.Shape[2], Filter);
        return Checks.Shape(Output, Input.Shape[0], height, width, OutputChannels);
    }
}
