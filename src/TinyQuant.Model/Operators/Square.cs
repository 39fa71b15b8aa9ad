namespace TinyQuant.Model;

/// <summary>x · x: TensorFlow Lite's SQUARE.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Square(Tensor input, Tensor output, int line = -1)
    : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Square(p.Input, p.Output, p.Line));
}
