namespace TinyQuant.Model;

/// <summary>The least integer that is not below x: TensorFlow Lite's CEIL.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Ceil(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Ceil(p.Input, p.Output, p.Line));
}
