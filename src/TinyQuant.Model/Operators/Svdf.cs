using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's SVDF: filters over features and time. Inputs: activations [batches, depth], weights of features
/// [filters, depth], weights of time [filters, memory], optionally a bias [units], and a variable state [batches,
/// filters · memory]; units = filters / rank. All float32, or int8 with an int32 bias, whose weights of time and state
/// are both int16, with zero point 0, or both int8.
/// </summary>
public sealed class Svdf : Operator
{
    private const int StateFromEnd = 1;

    private static readonly OperatorAttribute<int> s_rank = AttributesOf<Svdf>.Integer(
        "rank", o => o.Rank, 1, int.MaxValue);
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<Svdf>.Activation(o =>
        o.Activation);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        new(4, 5), 1, p => new Svdf(p.Inputs, p.Output, p.Get(s_rank), p.Get(s_activation), p.Line), s_rank,
        s_activation);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Activations, weights of features, weights of time, optionally a bias, and the
    /// state.</param>
    /// <param name="output">[batches, units].</param>
    /// <param name="rank">Filters of a unit, at least 1.</param>
    /// <param name="activation">Applied to a float32 output; in int8 the output's range stands for it.</param>
    /// <param name="line">The line of the model file.</param>
    public Svdf(ImmutableArray<Tensor> inputs, Tensor output, int rank, Activation activation, int line = -1)
        : base(inputs, ImmutableArray.Create(output), line)
    {
        Rank = rank;
        Activation = activation;
    }

    /// <summary>Filters of a unit.</summary>
    public int Rank { get; }

    /// <summary>Applied to a float32 output. int8 kernels do not apply it, as TensorFlow Lite's do not.</summary>
    public Activation Activation { get; }

    /// <summary>The activations, [batches, depth].</summary>
    public Tensor Input => Inputs[0];

    /// <summary>The weights of features, [filters, depth].</summary>
    public Tensor FeatureWeights => Inputs[1];

    /// <summary>The weights of time, [filters, memory], the oldest first.</summary>
    public Tensor TimeWeights => Inputs[2];

    /// <summary>The bias, [units]; null where there is none.</summary>
    public Tensor? Bias => Inputs.Length > 4 ? Inputs[3] : null;

    /// <summary>What the filters remember, [batches, filters · memory].</summary>
    public Tensor State => Inputs[Inputs.Length - StateFromEnd];

    /// <summary>[batches, units].</summary>
    public Tensor Output => Outputs[0];

    /// <inheritdoc/>
    public override ImmutableArray<int> StateInputs => ImmutableArray.Create(Inputs.Length - StateFromEnd);

    /// <inheritdoc/>
    public override long Macs => (long)Input.Shape[0] * (FeatureWeights.ElementCount + (long)TimeWeights.ElementCount);

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors = [.. TypeErrors(), .. ShapeErrors()];
        return errors.Count > 0 || Input.Type == TensorType.Float32 ? errors : QuantizationErrors();
    }

    private IEnumerable<string> TypeErrors()
    {
        bool isFloat = Input.Type == TensorType.Float32;
        List<string> errors =
        [
            .. Checks.SameType([TensorType.Float32, TensorType.Int8], Input, FeatureWeights, Output),
            .. isFloat ? Checks.SameType([TensorType.Float32], TimeWeights, State)
                : Checks.SameType([TensorType.Int8, TensorType.Int16], TimeWeights, State),
            .. RecurrentChecks.Constant(FeatureWeights), .. RecurrentChecks.Constant(TimeWeights),
        ];
        return Bias is null ? errors
            : errors.Concat(RecurrentChecks.Constant(Bias))
                .Concat(RecurrentChecks.Type(Bias, isFloat ? TensorType.Float32 : TensorType.Int32));
    }

    private IEnumerable<string> ShapeErrors()
    {
        List<string> errors = [
            .. Checks.Rank(Input, 2), .. Checks.Rank(FeatureWeights, 2), .. Checks.Rank(TimeWeights, 2)];
        if (errors.Count > 0)
        {
            return errors;
        }

        (int batches, int filters, int memory) = (Input.Shape[0], FeatureWeights.Shape[0], TimeWeights.Shape[1]);
        if (Rank < 1 || filters % Rank != 0)
        {
            return [Invariant($"weights '{FeatureWeights.Name}' {FeatureWeights.ShapeText} have {filters} ")
                + Invariant($"filters, which is not a multiple of the rank {Rank}")];
        }

        int units = filters / Rank;
        return
        [
            .. Checks.Shape(FeatureWeights, filters, Input.Shape[1]), .. Checks.Shape(TimeWeights, filters, memory),
            .. Bias is null ? [] : Checks.Shape(Bias, units), .. Checks.Shape(State, batches, (long)filters * memory),
            .. Checks.Shape(Output, batches, units),
        ];
    }

    private IEnumerable<string> QuantizationErrors()
    {
        List<string> errors =
        [
            .. Checks.Quantized(Input, State, Output),
            .. State.Type == TensorType.Int16 ? RecurrentChecks.Symmetric(State) : [],
            .. RecurrentChecks.Symmetric(FeatureWeights), .. RecurrentChecks.Symmetric(TimeWeights),
        ];
        return errors.Count > 0 ? errors
            : RecurrentChecks.Factor(Product(Input, FeatureWeights, State), State)
                .Concat(RecurrentChecks.Factor(Product(State, TimeWeights, Output), Output));
    }

    private static double Product(Tensor x, Tensor weights, Tensor y) =>
        Checks.Product(x.Quantization!.Scale, weights.Quantization!.Scale) / y.Quantization!.Scale;
}
