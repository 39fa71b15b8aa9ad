using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>left ≠ right, TensorFlow Lite's NOT_EQUAL. Of truth values too.</summary>
/// <param name="inputs">Two operands.</param>
/// <param name="output">bool.</param>
/// <param name="line">The line of the model file.</param>
public sealed class NotEqual(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : ComparisonOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new NotEqual(p.Inputs, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types { get; } =
        [TensorType.Float32, TensorType.Int8, TensorType.Int32, TensorType.Int64, TensorType.Bool];
}
