using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>1 / (1 + e^−x), TensorFlow Lite's LOGISTIC; an int8 output has scale 1/256 and zero point -128.</summary>
public sealed class Logistic : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Logistic(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Logistic? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Logistic(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.Fixed(Output, 1f / 256, sbyte.MinValue);
}
