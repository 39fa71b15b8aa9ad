using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's CONV_2D. Inputs: an image [batches, height, width, channels], weights [outputs, height, width,
/// channels / groups] and optionally a bias [outputs]: output o reads the channels of group o / (outputs / groups). All
/// float32; int8 with an int32 bias; or int16 with int8 weights and an int64 or int32 bias, whose type is that of the
/// sums.
/// </summary>
public sealed class Conv2D : Convolution
{
    private static readonly OperatorAttribute<bool> s_narrowSums =
        AttributesOf<Conv2D>.Flag("narrow_sums", o => o.NarrowSums);

    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<Conv2D>.Flag("legacy", o => o.IsLegacy);

    private static readonly OperatorAttribute<bool> s_symmetricInputs =
        AttributesOf<Conv2D>.Flag("symmetric_inputs", o => o.HasSymmetricInputs);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(2, 3), 1, p => new Conv2D(
            p.Inputs, p.Output, p.Get(s_window), p.Line, p.Get(s_narrowSums), p.Get(s_legacy),
            p.Get(s_symmetricInputs)),
        s_window, s_narrowSums, s_legacy, s_symmetricInputs);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Image, weights and, optionally, a bias.</param>
    /// <param name="output">[batches, height, width, outputs].</param>
    /// <param name="window">Stride, dilation, padding and activation.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="narrowSums">Whether sums of int16 have 32 bits where there is no bias to say it.</param>
    /// <param name="isLegacy">Whether it computes as the uint8 kernel of TensorFlow 1 did.</param>
    /// <param name="symmetricInputs">Whether float32 images are quantized around 0 on each call.</param>
    public Conv2D(
        ImmutableArray<Tensor> inputs, Tensor output, WindowOptions window, int line = -1, bool narrowSums = false,
        bool isLegacy = false, bool symmetricInputs = false)
        : base(inputs, output, window, line, isLegacy)
    {
        NarrowSums = narrowSums;
        HasSymmetricInputs = symmetricInputs;
    }

    /// <summary>Whether sums of int16 have 32 bits where there is no bias to say it.</summary>
    public bool NarrowSums { get; }

    /// <summary>
    /// Whether float32 images are quantized around 0 on each call, which TensorFlow Lite does where weights have one
    /// scale, and not between their least and greatest.
    /// </summary>
    public bool HasSymmetricInputs { get; }

    /// <summary>
    /// How many parts the channels are in, each for outputs of its own; 1 for an ordinary convolution.
    /// </summary>
    public int Groups => Input.Shape[3] / Weights.Shape[3];

    /// <inheritdoc/>
    public override bool Has64BitSums =>
        base.Has64BitSums && (Bias is null ? !NarrowSums : Bias.Type == TensorType.Int64);

    /// <inheritdoc/>
    public override long Macs => (long)(Output.ElementCount / Output.Shape[3]) * Weights.ElementCount;

    /// <inheritdoc/>
    private protected override int ChannelAxis => 0;

    /// <inheritdoc/>
    private protected override ImmutableArray<TensorType> Int16BiasTypes =>
        ImmutableArray.Create(TensorType.Int64, TensorType.Int32);

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors()
    {
        if (Input.Shape[3] % Weights.Shape[3] != 0 || OutputChannels % Groups != 0)
        {
            return [Invariant($"weights '{Weights.Name}' {Weights.ShapeText} have {Weights.Shape[3]} channels and ")
                + Invariant($"input '{Input.Name}' {Input.ShapeText} ")
                + Invariant($"has {Input.Shape[3]}; expected as many, or a part of them that divides the outputs")];
        }

        if ((IsHybrid || IsLegacy) && Groups > 1)
        {
            return [Invariant($"it convolves {Input.Shape[3]} channels in groups of {Weights.Shape[3]}, ")
                + (IsHybrid ? "float32 with int8 weights" : "with legacy arithmetic") + "; expected all channels"];
        }

        (long height, long width) = Window.OutputSize(Input.Shape[1], Input.Shape[2], Filter);
        return Checks.SumsErrors(NarrowSums, Input, Bias)
            .Concat(Checks.InputErrors(HasSymmetricInputs, IsHybrid))
            .Concat(HasSymmetricInputs && Weights.Quantization is { IsPerChannel: true }
                ? [$"weights '{Weights.Name}' have a scale for each channel; with symmetric_inputs they have one"]
                : [])
            .Concat(Checks.Shape(Output, Input.Shape[0], height, width, OutputChannels));
    }
}
