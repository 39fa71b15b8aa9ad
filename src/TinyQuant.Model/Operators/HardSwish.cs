namespace TinyQuant.Model;

/// <summary>x · min(max(x + 3, 0), 6) / 6, TensorFlow Lite's HARD_SWISH.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class HardSwish(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new HardSwish(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const int limit = 128; // the reference's intermediate steps are 7 bits finer than the input's
        return Input.Type == TensorType.Int8 && (Input.Quantization, Output.Quantization) is ({ } x, { } y)
            && !(x.Scale * (1f / limit) / y.Scale < 1)
            ? [$"the scale of '{Output.Name}' is too small against that of '{Input.Name}'; expected a ratio below "
                + $"{limit}"]
            : [];
    }
}
