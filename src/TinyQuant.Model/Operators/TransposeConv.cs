using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's TRANSPOSE_CONV. Inputs: an image [batches, height, width, channels], weights [outputs, height,
/// width, channels] and optionally a bias [outputs]; the window slides over the output, whose size is the output
/// tensor's.
/// </summary>
/// <param name="inputs">Image, weights and, optionally, a bias.</param>
/// <param name="output">[batches, height, width, outputs].</param>
/// <param name="window">Stride, padding and activation.</param>
/// <param name="line">The line of the model file.</param>
public sealed class TransposeConv(ImmutableArray<Tensor> inputs, Tensor output, WindowOptions window, int line = -1)
    : Convolution(inputs, output, window, line)
{
    private static readonly OperatorAttribute<WindowOptions> s_transposedWindow =
        WindowOptions.Attribute<TransposeConv>(
        o => o.Window, hasDilation: false);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(2, 3), 1, p => new TransposeConv(p.Inputs, p.Output, p.Get(s_transposedWindow), p.Line),
        s_transposedWindow);

    /// <inheritdoc/>
    public override long Macs => (long)(Input.ElementCount / Input.Shape[3]) * Weights.ElementCount;

    /// <inheritdoc/>
    private protected override int ChannelAxis => 0;

    /// <inheritdoc/>
    private protected override ImmutableArray<TensorType> Int16BiasTypes =>
        ImmutableArray.Create(TensorType.Int64, TensorType.Int16);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Weights.Shape[3] != Input.Shape[3] || Output.Shape[3] != OutputChannels
            || Output.Shape[0] != Input.Shape[0])
        {
            return [$"input '{Input.Name}' {Input.ShapeText}, weights '{Weights.Name}' {Weights.ShapeText} and "
                + $"output '{Output.Name}' {Output.ShapeText} "
                + "do not fit together; expected [batches,..,channels], [outputs,..,channels] and "
                + "[batches,..,outputs]"];
        }
        // Any size that the window could have come from; what the input does not reach is the bias alone.
        return Window.DilationHeight == 1 && Window.DilationWidth == 1
            ? []
            : ["a transposed convolution has no dilation"];
    }
}
