using System.Collections.Immutable;
using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>left − right, TensorFlow Lite's SUB.</summary>
public sealed class Sub : BinaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Two operands.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="activation">Applied to the output.</param>
    /// <param name="line">The line of the model file.</param>
    public Sub(ImmutableArray<Tensor> inputs, Tensor output, Activation activation = Activation.None, int line = -1)
        : base(inputs, output, line) => Activation = activation;

    internal static Sub? Read(OperatorStatement statement) => statement.HasCounts(2, 2, 1)
        ? new Sub(statement.Inputs, statement.Outputs[0], statement.Attributes.Activation(), statement.Line)
        : null;

    /// <summary>Applied to the output.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Attributes =>
        Activation == Activation.None ? [] : [new("activation", Activation.ToName())];

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => SumFactors.Validate(this);
}
