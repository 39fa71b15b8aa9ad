using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// The greatest integer that is not above left / right: TensorFlow Lite's FLOOR_DIV, which is float32 alone.
/// </summary>
/// <param name="inputs">The dividend and the divisor.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class FloorDiv(ImmutableArray<Tensor> inputs, Tensor output, int line = -1)
    : BinaryOperator(inputs, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        2, 1, p => new FloorDiv(p.Inputs, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Float32], Left, Right, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => [];
}
