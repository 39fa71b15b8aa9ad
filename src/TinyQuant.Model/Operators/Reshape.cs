using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>TensorFlow Lite's RESHAPE: the same elements in the same order under another shape. No copy where both can be one memory.</summary>
public sealed class Reshape : ShapeChange
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="output">As many elements.</param>
    /// <param name="line">The line of the model file.</param>
    public Reshape(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Reshape? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Reshape(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;
}
