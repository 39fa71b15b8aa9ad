using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>x from 0 on, e^x − 1 below, TensorFlow Lite's ELU.</summary>
public sealed class Elu : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Elu(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Elu? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Elu(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;
}
