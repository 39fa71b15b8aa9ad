using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's DEPTHWISE_CONV_2D. Inputs: an image [batches, height, width, channels], weights [1, height, width,
/// channels · multiplier] and optionally a bias. Output channel c · multiplier + k reads input channel c.
/// </summary>
public sealed class DepthwiseConv2D : Convolution
{
    private const int MaxRowBytes = 4096;

    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<DepthwiseConv2D>.Flag("legacy", o => o.IsLegacy);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(2, 3), 1, p => new DepthwiseConv2D(p.Inputs, p.Output, p.Get(s_window), p.Line, p.Get(s_legacy)), s_window,
        s_legacy);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Image, weights and, optionally, a bias.</param>
    /// <param name="output">[batches, height, width, channels · multiplier].</param>
    /// <param name="window">Stride, dilation, padding and activation.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="isLegacy">Whether it computes as the uint8 kernel of TensorFlow 1 did.</param>
    public DepthwiseConv2D(
        ImmutableArray<Tensor> inputs, Tensor output, WindowOptions window, int line = -1, bool isLegacy = false)
        : base(inputs, output, window, line, isLegacy)
    {
    }

    /// <summary>Output channels for each input channel.</summary>
    public int Multiplier => Weights.Shape[3] / Input.Shape[3];

    /// <inheritdoc/>
    public override long Macs => (long)Output.ElementCount * Filter.Height * Filter.Width;

    /// <summary>
    /// Elements of the input's rows that a window covers: what is copied where the output is written over the input.
    /// </summary>
    internal long WindowRows =>
        ((((long)Filter.Height - 1) * Window.DilationHeight) + 1) * Input.Shape[2] * Input.Shape[3];

    /// <inheritdoc/>
    public override ImmutableArray<int> InPlaceInputs =>
        Input.Type == TensorType.Int8 && WeightsZeroPoint == 0 && Multiplier == 1 && Output.Shape[2] <= Input.Shape[2]
            && Output.Shape[1] <= Input.Shape[1]
        && WindowRows <= MaxRowBytes ? ImmutableArray.Create(0) : ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    public override int InPlaceScratchBytes => (int)Math.Min(WindowRows, int.MaxValue);

    /// <inheritdoc/>
    private protected override int ChannelAxis => 3;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Weights.Shape[0] != 1 || Weights.Shape[3] % Input.Shape[3] != 0)
        {
            return [$"weights '{Weights.Name}' {Weights.ShapeText} do not fit input '{Input.Name}' {Input.ShapeText}; "
                + "expected [1,height,width,channels], the channels a multiple of the input's"];
        }

        (long height, long width) = Window.OutputSize(Input.Shape[1], Input.Shape[2], Filter);
        return Checks.Shape(Output, Input.Shape[0], height, width, OutputChannels);
    }
}
