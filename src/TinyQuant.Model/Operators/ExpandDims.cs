namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's EXPAND_DIMS: dimensions of size 1 come. No copy where both can be one memory.</summary>
/// <param name="input">Any shape.</param>
/// <param name="output">The input's shape with more dimensions of size 1.</param>
/// <param name="line">The line of the model file.</param>
public sealed class ExpandDims(Tensor input, Tensor output, int line = -1) : ShapeChange(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new ExpandDims(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IEnumerable<string> ShapeErrors() => UnitErrors(removes: false);
}
