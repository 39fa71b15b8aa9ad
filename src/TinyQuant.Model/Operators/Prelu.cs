using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// x from 0 on, alpha · x below, with an alpha for each element that is repeated as in NumPy: TensorFlow Lite's PRELU.
/// int16 codes have int8 slopes.
/// </summary>
/// <param name="inputs">What it reads, and the slopes below 0.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Prelu(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : BinaryOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Prelu(p.Inputs, p.Output, p.Line));

    /// <summary>The slopes of int16 codes are int8.</summary>
    private protected override IEnumerable<string> TypeErrors() => Left.Type == TensorType.Int16
        ? Checks.SameType([TensorType.Int16], Left, Output).Concat(Checks.SameType([TensorType.Int8], Right))
        : base.TypeErrors();

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() =>
        Checks.Ratio(Left, Output).Concat(Checks.Scale(Left, Right, Output));
}
