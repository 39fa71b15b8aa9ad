namespace TinyQuant.Model;

/// <summary>The magnitude, TensorFlow Lite's ABS; of int16 numbers without a scale, too.</summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Abs(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Abs(p.Input, p.Output, p.Line));

    /// <summary>Whether int16 numbers have no scale: their magnitudes are those of the integers.</summary>
    internal bool IsOfIntegers =>
        Input.Type == TensorType.Int16 && Input.Quantization is null && Output.Quantization is null;

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <inheritdoc/>
    private protected override IEnumerable<string> ScaleErrors() => IsOfIntegers ? [] : base.ScaleErrors();

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors() => Checks.Symmetric(Input, Output);
}
