namespace TinyQuant.Model;

/// <summary>x from 0 on, e^x − 1 below, TensorFlow Lite's ELU.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Elu(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Elu(p.Input, p.Output, p.Line));
}
