using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>What LOGICAL_AND and LOGICAL_OR share: a truth value of two.</summary>
public abstract class LogicalOperator : BinaryOperator
{
    private protected LogicalOperator(ImmutableArray<Tensor> inputs, Tensor output, int line)
        : base(inputs, output, line)
    {
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Bool], Left, Right, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => [];
}
