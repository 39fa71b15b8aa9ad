using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>tanh x, TensorFlow Lite's TANH; an int8 output has scale 1/128 and zero point 0.</summary>
public sealed class Tanh : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public Tanh(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static Tanh? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new Tanh(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.Fixed(Output, 1f / 128, 0);
}
