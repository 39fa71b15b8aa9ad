using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>max(x, 0), TensorFlow Lite's RELU as an operator of its own.</summary>
public sealed class Relu : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Relu(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Relu? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Relu(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;
}
