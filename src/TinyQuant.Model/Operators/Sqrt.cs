namespace TinyQuant.Model;

/// <summary>The square root; NaN of negative numbers: TensorFlow Lite's SQRT.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Sqrt(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Sqrt(p.Input, p.Output, p.Line));
}
