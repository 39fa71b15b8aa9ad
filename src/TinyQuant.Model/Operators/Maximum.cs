using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>The larger of two elements, TensorFlow Lite's MAXIMUM; codes of one scale and zero point.</summary>
/// <param name="inputs">Two operands.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Maximum(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : BinaryOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new Maximum(p.Inputs, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => [.. Checks.Arithmetic, TensorType.Int64];

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Output, Left, Right);
}
