namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's SQUEEZE: dimensions of size 1 go. No copy where both can be one memory.</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">The input's shape without some dimensions of size 1.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Squeeze(Tensor input, Tensor output, int line = -1) : ShapeChange(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Squeeze(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => UnitErrors(removes: true);
}
