using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>left · right, TensorFlow Lite's MUL.</summary>
public sealed class Mul : BinaryOperator
{
    private static readonly OperatorAttribute<Activation> s_activation = AttributesOf<Mul>.Activation(o =>
        o.Activation);

    private static readonly OperatorAttribute<bool> s_legacy =
        AttributesOf<Mul>.Flag("legacy", o => o.IsLegacy);

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Mul(p.Inputs, p.Output, p.Get(s_activation), p.Line, p.Get(s_legacy)), s_activation, s_legacy);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Two operands.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="activation">Applied to the output.</param>
    /// <param name="line">The line of the model file.</param>
    /// <param name="isLegacy">Whether it computes as the uint8 kernel of TensorFlow 1 did.</param>
    public Mul(
        ImmutableArray<Tensor> inputs, Tensor output, Activation activation = Activation.None, int line = -1,
        bool isLegacy = false)
        : base(inputs, output, line)
    {
        Activation = activation;
        IsLegacy = isLegacy;
    }

    /// <summary>Applied to the output.</summary>
    public Activation Activation { get; }

    /// <summary>
    /// Whether it computes as the uint8 kernel of TensorFlow 1 did, all codes less 128:
    /// the product of scales over the output's is a float32 at each step, where else it is double.
    /// </summary>
    public bool IsLegacy { get; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Arithmetic;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.LegacyErrors(IsLegacy, Left)
        .Concat(Checks.Scale(Left, Right, Output))
        .Concat(Checks.Symmetric(Left, Right, Output))
        .Concat(Checks.Integers(Left, Right, Output));
}
