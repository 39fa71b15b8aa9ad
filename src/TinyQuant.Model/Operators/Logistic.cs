namespace TinyQuant.Model;

/// <summary>
/// 1 / (1 + e^−x), TensorFlow Lite's LOGISTIC; an int8 output has scale 1/256 and zero point -128,
/// an int16 one 1/32768 and 0.
/// </summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Logistic(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new Logistic(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Input.Type == TensorType.Int16
        ? SigmoidStep.Validate(this)
        : Checks.Fixed(Output, 1f / 256, sbyte.MinValue);
}
