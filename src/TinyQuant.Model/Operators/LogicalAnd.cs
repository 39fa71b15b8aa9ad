using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>Whether both are true, TensorFlow Lite's LOGICAL_AND.</summary>
/// <param name="inputs">Two operands, bool.</param>
/// <param name="output">bool.</param>
/// <param name="line">The line of the model file.</param>
public sealed class LogicalAnd(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : LogicalOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new LogicalAnd(p.Inputs, p.Output, p.Line));
}
