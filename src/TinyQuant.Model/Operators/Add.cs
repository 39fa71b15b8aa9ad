using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>left + right, TensorFlow Lite's ADD.</summary>
public sealed class Add : BinaryOperator
{
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<Add>.Activation(o =>
        o.Activation);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Add(p.Inputs, p.Output, p.Get(s_activation), p.Line), s_activation);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Two operands.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="activation">Applied to the output.</param>
    /// <param name="line">The line of the model file.</param>
    public Add(ImmutableArray<Tensor> inputs, Tensor output, Activation activation = Activation.None, int line = -1)
        : base(inputs, output, line) => Activation = activation;

    /// <summary>Applied to the output.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Arithmetic;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() =>
        SumFactors.Validate(this).Concat(Checks.Integers(Left, Right, Output));
}
