namespace TinyQuant.Model;

/// <summary>The magnitude, TensorFlow Lite's ABS.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Abs(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Abs(p.Input, p.Output, p.Line));
}
