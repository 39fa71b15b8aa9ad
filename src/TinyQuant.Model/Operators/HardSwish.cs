using TinyQuant.Model.Format;

namespace TinyQuant.Model;

/// <summary>x · min(max(x + 3, 0), 6) / 6, TensorFlow Lite's HARD_SWISH.</summary>
public sealed class HardSwish : UnaryOperator
{
    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public HardSwish(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

    internal static HardSwish? Read(OperatorStatement statement) => statement.HasCounts(1, 1, 1)
        ? new HardSwish(statement.Inputs[0], statement.Outputs[0], statement.Line)
        : null;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const int limit = 128; // the reference's intermediate steps are 7 bits finer than the input's
        return Input.Type == TensorType.Int8 && (Input.Quantization, Output.Quantization) is ({ } x, { } y)
            && !(x.Scale * (1f / limit) / y.Scale < 1)
            ? [$"the scale of '{Output.Name}' is too small against that of '{Input.Name}'; expected a ratio below {limit}"]
            : [];
    }
}
