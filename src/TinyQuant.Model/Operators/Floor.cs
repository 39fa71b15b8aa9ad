namespace TinyQuant.Model;

/// <summary>The greatest integer that is not above x: TensorFlow Lite's FLOOR.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Floor(Tensor input, Tensor output, int line = -1) : RealFunction(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Floor(p.Input, p.Output, p.Line));
}
