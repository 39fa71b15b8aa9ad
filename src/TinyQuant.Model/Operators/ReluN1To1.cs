using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>min(max(x, -1), 1), TensorFlow Lite's RELU_N1_TO_1 as an operator of its own; codes keep their scale and zero point.</summary>
public sealed class ReluN1To1 : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public ReluN1To1(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static ReluN1To1? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new ReluN1To1(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Input, Output);
}
