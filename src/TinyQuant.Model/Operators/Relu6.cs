namespace TinyQuant.Model;

/// <summary>
/// min(max(x, 0), 6), TensorFlow Lite's RELU6 as an operator of its own; codes keep their scale and zero point.
/// </summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Relu6(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Relu6(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.SameQuantization(Input, Output);
}
