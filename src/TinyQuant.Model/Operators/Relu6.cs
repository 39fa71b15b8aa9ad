using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>min(max(x, 0), 6), TensorFlow Lite's RELU6 as an operator of its own; codes keep their scale and zero point.</summary>
public sealed class Relu6 : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Relu6(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Relu6? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Relu6(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Input, Output);
}
