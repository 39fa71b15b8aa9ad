using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// What the convolutions share: an image [batches, height, width, channels], constant weights, optionally a constant
/// bias, and a window. All float32, or int8 with an int32 bias; int16 with int8 weights and a bias of 64 bits or what
/// else the operator takes; or, but for a transposed one, float32 with int8 weights (hybrid: each image is quantized on
/// each call).
/// </summary>
public abstract class Convolution : Operator
{
    private protected static readonly OperatorAttribute<WindowOptions> s_window =
        WindowOptions.Attribute<Convolution>(o => o.Window);

    private protected Convolution(
        ImmutableArray<Tensor> inputs, Tensor output, WindowOptions window, int line, bool isLegacy = false)
        : base(inputs, ImmutableArray.Create(output), line)
    {
        Window = window;
        IsLegacy = isLegacy;
    }

    /// <summary>Stride, dilation, padding and activation.</summary>
    public WindowOptions Window { get; }

    /// <summary>The image, [batches, height, width, channels].</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The filters.</summary>
    public Tensor Weights => Inputs[1];

    /// <summary>The bias, one value for each output channel; null where there is none.</summary>
    public Tensor? Bias => Inputs.Length > 2 ? Inputs[2] : null;

    /// <summary>[batches, height, width, channels].</summary>
    public Tensor Output => Outputs[0];

    /// <summary>Rows and columns of the filters.</summary>
    public (int Height, int Width) Filter => (Weights.Shape[1], Weights.Shape[2]);

    /// <summary>
    /// Whether it computes as the uint8 kernels of TensorFlow 1 did, all codes less 128: weights of one scale may have
    /// a zero point, and the product of scales is a float32.
    /// </summary>
    public bool IsLegacy { get; }

    /// <summary>The code of real 0 in the weights: 0, but for some that are <see cref="IsLegacy"/>.</summary>
    public int WeightsZeroPoint => Weights.Quantization?.ZeroPoint ?? 0;

    /// <summary>float32 images with int8 weights.</summary>
    public bool IsHybrid => Input.Type == TensorType.Float32 && Weights.Type == TensorType.Int8;

    /// <summary>Whether sums over int16 images have 64 bits, as most have.</summary>
    public virtual bool Has64BitSums => Input.Type == TensorType.Int16;

    /// <summary>What a bias may be with int16 images.</summary>
    private protected virtual ImmutableArray<TensorType> Int16BiasTypes => ImmutableArray.Create(TensorType.Int64);

    /// <summary>The dimension of the weights that runs over output channels.</summary>
    private protected abstract int ChannelAxis { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [
            .. TypeErrors(), .. Checks.Rank(Input, 4), .. Checks.Rank(Weights, 4), .. Checks.Rank(Output, 4)];
        if (errors.Count == 0)
        {
            errors.AddRange(Window.ExtentErrors(Filter));
            errors.AddRange(ShapeErrors());
            errors.AddRange(BiasErrors());
            errors.AddRange(QuantizationErrors());
        }

        return errors;
    }

    /// <summary>What does not fit of the shapes, all of which have four dimensions.</summary>
    private protected abstract IEnumerable<string> ShapeErrors();

    /// <summary>The channels of the output.</summary>
    private protected int OutputChannels => Weights.Shape[ChannelAxis];

    private IEnumerable<string> TypeErrors()
    {
        if (!Weights.IsConstant || Bias is { IsConstant: false })
        {
            yield return $"weights '{Weights.Name}' or their bias have no data; {Kind} takes constants";
        }

        bool isMixed = Input.Type == TensorType.Int16 || (IsHybrid && this is not TransposeConv);
        Tensor[] same = isMixed ? [Input, Output] : [Input, Weights, Output];
        foreach (string error in Checks.SameType([TensorType.Float32, TensorType.Int8, TensorType.Int16], same))
        {
            yield return error;
        }

        if (Input.Type == TensorType.Int16 && Weights.Type != TensorType.Int8)
        {
            yield return $"weights '{Weights.Name}' are {Weights.Type.ToName()}; expected int8 with int16 images";
        }

        ImmutableArray<TensorType> biasTypes = Input.Type switch
        {
            TensorType.Int8 => ImmutableArray.Create(TensorType.Int32),
            TensorType.Int16 => Int16BiasTypes,
            _ => ImmutableArray.Create(TensorType.Float32),
        };
        if (Bias is not null && !biasTypes.Contains(Bias.Type))
        {
            yield return $"bias '{Bias.Name}' is {Bias.Type.ToName()}; expected {TensorTypes.Join(biasTypes)}";
        }
    }

    private IEnumerable<string> BiasErrors() => Bias is null ? [] : Checks.Shape(Bias, OutputChannels);

    private IEnumerable<string> QuantizationErrors()
    {
        List<string> errors = [.. Checks.LegacyErrors(IsLegacy, Input)];
        if (Weights.Type != TensorType.Int8)
        {
            return errors;
        }

        errors.AddRange(Checks.Quantized(Input, Output));
        if (Weights.Quantization is not { } quantization)
        {
            errors.Add($"int8 tensor '{Weights.Name}' has no scale");
        }
        else if (IsLegacy && quantization.IsPerChannel)
        {
            errors.Add($"weights '{Weights.Name}' have a scale for each channel; a legacy convolution's have one");
        }
        else if ((quantization.ZeroPoint != 0 && !IsLegacy)
            || (quantization.IsPerChannel && quantization.Axis != ChannelAxis))
        {
            errors.Add(
                Invariant($"weights '{Weights.Name}' have zero point {quantization.ZeroPoint} and scales along ")
                    + Invariant($"axis {quantization.Axis}; ")
                + Invariant($"expected 0 and one scale, or one for each slice along axis {ChannelAxis}"));
        }

        return IsHybrid ? errors : errors.Concat(Checks.Scale(Input, Weights, Output, Has64BitSums));
    }
}
