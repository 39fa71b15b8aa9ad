namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's RESHAPE: the same elements in the same order under another shape. No copy where both can be one
/// memory.
/// </summary>
/// <param name="input">Any shape.</param>
/// <param name="output">As many elements.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Reshape(Tensor input, Tensor output, int line = -1) : ShapeChange(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Reshape(p.Input, p.Output, p.Line));
}
