using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>Whether one of them is true, or both are, TensorFlow Lite's LOGICAL_OR.</summary>
/// <param name="inputs">Two operands, bool.</param>
/// <param name="output">bool.</param>
/// <param name="line">The line of the model file.</param>
public sealed class LogicalOr(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : LogicalOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new LogicalOr(p.Inputs, p.Output, p.Line));
}
