namespace TinyQuant.Model;

/// <summary>e^x, TensorFlow Lite's EXP, which is float32 alone.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Exp(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Exp(p.Input, p.Output, p.Line));
}
