namespace TinyQuant.Model;

/// <summary>The cosine of an angle in radians: TensorFlow Lite's COS.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Cos(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Cos(p.Input, p.Output, p.Line));
}
