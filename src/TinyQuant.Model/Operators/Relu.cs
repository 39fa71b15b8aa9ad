namespace TinyQuant.Model;

/// <summary>max(x, 0), TensorFlow Lite's RELU as an operator of its own.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Relu(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Relu(p.Input, p.Output, p.Line));

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.Symmetric(Input, Output);
}
