using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// y = activation(x Wᵀ + b), TensorFlow Lite's FULLY_CONNECTED. Inputs: activations [.., depth], weights
/// [outputs, depth], and optionally a bias [outputs]. The types say which arithmetic it is:
/// all float32; all int8 with an int32 bias (static); int16 activations with int8 weights and an int64 or int32 bias,
/// whose type is that of the sums; or float32 activations and bias with int8 weights (hybrid: the activations are
/// quantized on each call). Weights of int8 and int16 activations may be computed, and have a zero point.
/// </summary>
public sealed class FullyConnected : Operator
{
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<FullyConnected>.Activation(o =>
        o.Activation);

    private static readonly OperatorAttribute<bool> s_narrowSums =
        AttributesOf<FullyConnected>.Flag("narrow_sums", o => o.NarrowSums);

    private static readonly OperatorAttribute<bool> s_symmetricInputs =
        AttributesOf<FullyConnected>.Flag("symmetric_inputs", o => o.HasSymmetricInputs);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(2, 3), 1,
        p => new FullyConnected(
            p.Inputs, p.Output, p.Get(s_activation), p.Line, p.Get(s_narrowSums), p.Get(s_symmetricInputs)),
        s_activation, s_narrowSums, s_symmetricInputs);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Activations, weights and, optionally, a bias.</param>
    /// <param name="output">[rows, outputs].</param>
    /// <param name="activation">Applied to the output.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="narrowSums">Whether sums of int16 have 32 bits where there is no bias to say it.</param>
    /// <param name="symmetricInputs">Whether float32 activations are quantized around 0 on each call.</param>
    public FullyConnected(
        ImmutableArray<Tensor> inputs, Tensor output, Activation activation, int line = -1, bool narrowSums = false,
        bool symmetricInputs = false)
        : base(inputs, ImmutableArray.Create(output), line)
    {
        Activation = activation;
        NarrowSums = narrowSums;
        HasSymmetricInputs = symmetricInputs;
    }

    /// <summary>Applied to the output.</summary>
    public Activation Activation { get; }

    /// <summary>Whether sums of int16 have 32 bits where there is no bias to say it.</summary>
    public bool NarrowSums { get; }

    /// <summary>
    /// Whether float32 activations are quantized around 0 on each call, as older converters have it, and not between
    /// their least and greatest.
    /// </summary>
    public bool HasSymmetricInputs { get; }

    /// <summary>Whether sums of int16 have 64 bits.</summary>
    public bool Has64BitSums =>
        Input.Type == TensorType.Int16 && (Bias is null ? !NarrowSums : Bias.Type == TensorType.Int64);

    /// <summary>The activations, [.., depth].</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The weights, [outputs, depth].</summary>
    public Tensor Weights => Inputs[1];

    /// <summary>The bias, [outputs]; null where there is none.</summary>
    public Tensor? Bias => Inputs.Length > 2 ? Inputs[2] : null;

    /// <summary>[.., outputs].</summary>
    public Tensor Output => Outputs[0];

    /// <summary>Outputs of a row.</summary>
    public int Units => Weights.Shape[0];

    /// <summary>
    /// The zero point of the weights where it counts: TensorFlow Lite Micro takes it for 0 where there is a scale for
    /// each channel.
    /// </summary>
    public int WeightsZeroPoint =>
        Weights.Quantization is { IsPerChannel: false } quantization ? quantization.ZeroPoint : 0;

    /// <summary>Whether the weights are constants around 0, as nearly all are.</summary>
    public bool HasPlainWeights => Weights.IsConstant && WeightsZeroPoint == 0;

    /// <summary>Inputs of one output.</summary>
    public int Depth => Weights.Shape[1];

    /// <summary>The rows of the matrix product: the elements of the input over the depth.</summary>
    public int Rows => Input.ElementCount / Depth;

    /// <summary>float32 activations with int8 weights.</summary>
    public bool IsHybrid => Input.Type == TensorType.Float32 && Weights.Type == TensorType.Int8;

    /// <inheritdoc/>
    public override long Macs => (long)Rows * Weights.ElementCount;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate() => TypeErrors().Concat(ShapeErrors()).Concat(QuantizationErrors());

    private IEnumerable<string> TypeErrors()
    {
        if (!Weights.IsConstant && (Input.Type == TensorType.Float32 || Weights.Quantization is { IsPerChannel: true }))
        {
            yield return $"weights '{Weights.Name}' have no data; FullyConnected takes constant weights with float32 "
                + "activations and scales for channels";
        }

        if (Bias is { IsConstant: false })
        {
            yield return $"bias '{Bias.Name}' has no data; FullyConnected takes a constant bias";
        }

        bool isInteger = Input.Type is TensorType.Int8 or TensorType.Int16 && Output.Type == Input.Type
            && Weights.Type == TensorType.Int8;
        bool isFloat = (Input.Type, Output.Type) == (TensorType.Float32, TensorType.Float32)
            && Weights.Type is TensorType.Float32 or TensorType.Int8;
        if (!isInteger && !isFloat)
        {
            yield return $"types {Input.Type.ToName()} x {Weights.Type.ToName()} -> {Output.Type.ToName()} do not go "
                + "together; expected all int8, all float32, or int16 or float32 with int8 weights";
        }

        ImmutableArray<TensorType> biasTypes = !isInteger ? ImmutableArray.Create(TensorType.Float32)
            : Input.Type == TensorType.Int8 ? ImmutableArray.Create(TensorType.Int32)
            : ImmutableArray.Create(TensorType.Int64, TensorType.Int32);
        if (Bias is not null && !biasTypes.Contains(Bias.Type))
        {
            yield return $"bias '{Bias.Name}' is {Bias.Type.ToName()}; expected {TensorTypes.Join(biasTypes)}";
        }

        foreach (string error in Checks.SumsErrors(NarrowSums, Input, Bias)
            .Concat(Checks.InputErrors(HasSymmetricInputs, IsHybrid)))
        {
            yield return error;
        }
    }

    private IEnumerable<string> ShapeErrors()
    {
        if (Weights.Shape.Length != 2 || Depth < 1)
        {
            yield return $"weights '{Weights.Name}' have shape {Weights.ShapeText}; expected [outputs,depth]";
            yield break;
        }

        int outputs = Weights.Shape[0];
        if (Input.ElementCount % Depth != 0)
        {
            yield return Invariant($"input '{Input.Name}' {Input.ShapeText} has {Input.ElementCount} elements, ")
                + "which is not a "
                + Invariant($"multiple of the depth {Depth} of weights '{Weights.Name}' {Weights.ShapeText}");
            yield break;
        }

        if (Output.ElementCount != (long)Rows * outputs || Output.Shape.Length == 0
            || Output.Shape[Output.Shape.Length - 1] != outputs)
        {
            yield return Invariant($"output '{Output.Name}' has shape {Output.ShapeText}; expected [{Rows},{outputs}]");
        }

        if (Bias is not null && (Bias.Shape.Length != 1 || Bias.Shape[0] != outputs))
        {
            yield return Invariant($"bias '{Bias.Name}' has shape {Bias.ShapeText}; expected [{outputs}]");
        }
    }

    private IEnumerable<string> QuantizationErrors()
    {
        foreach (Tensor tensor in new[] { Input, Weights, Output })
        {
            if (tensor.Type is TensorType.Int8 or TensorType.Int16 && tensor.Quantization is null)
            {
                yield return $"{tensor.Type.ToName()} tensor '{tensor.Name}' has no scale";
            }
        }

        if (Input.Quantization is { IsPerChannel: true } || Output.Quantization is { IsPerChannel: true })
        {
            yield return "activations are quantized per tensor; only weights have a scale for each channel";
        }

        foreach (string error in Checks.Scale(Input, Weights, Output, Has64BitSums))
        {
            yield return error;
        }

        if (Weights.Quantization is { } quantization)
        {
            if (quantization.ZeroPoint != 0 && IsHybrid)
            {
                yield return Invariant($"weights '{Weights.Name}' have zero point {quantization.ZeroPoint}; ")
                    + "expected 0";
            }

            if (quantization.IsPerChannel && quantization.Axis != 0)
            {
                yield return Invariant($"weights '{Weights.Name}' are quantized along axis {quantization.Axis}; ")
                    + "expected axis 0";
            }
        }
    }
}
