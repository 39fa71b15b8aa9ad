using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>The magnitude, TensorFlow Lite's ABS.</summary>
public sealed class Abs : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Abs(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Abs? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Abs(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;
}
