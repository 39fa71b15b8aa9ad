namespace TinyQuant.Model;

/// <summary>The nearest integer, halves to the even one: TensorFlow Lite's ROUND.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Round(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Round(p.Input, p.Output, p.Line));
}
