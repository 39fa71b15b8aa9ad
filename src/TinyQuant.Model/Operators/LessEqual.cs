using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>left ≤ right, TensorFlow Lite's LESS_EQUAL.</summary>
/// <param name="inputs">Two operands.</param>
/// <param name="output">bool.</param>
/// <param name="line">The line of the model file.</param>
public sealed class LessEqual(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : ComparisonOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new LessEqual(p.Inputs, p.Output, p.Line));
}
