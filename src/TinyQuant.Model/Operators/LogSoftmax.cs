namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's LOG_SOFTMAX along the last dimension, in float32, and int8 to int8 with scale 1/16 and zero point
/// 127.
/// </summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class LogSoftmax(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    /// <summary>The reference's sum of exponentials has 12 bits before the point, and a sign.</summary>
    private const int MaxDepth = 4095;

    /// <summary>Bits after the point of the exponent; the reference stops where a code is no step.</summary>
    private const int StepBits = 26;

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new LogSoftmax(p.Input, p.Output, p.Line));

    /// <summary>Elements of a row.</summary>
    public int Depth => Input.Shape[Input.Shape.Length - 1];

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        if (Input.Shape.Length == 0 || (Input.Type == TensorType.Int8 && Depth > MaxDepth))
        {
            yield return $"'{Input.Name}' has shape {Input.ShapeText}; expected a last dimension, of at most "
                + $"{MaxDepth} for int8";
        }

        if (Input is { Type: TensorType.Int8, Quantization: { } input } && !((double)input.Scale * (1 << StepBits) > 1))
        {
            yield return $"the scale of '{Input.Name}' is so small that all codes count as equal; expected more than "
                + $"2^-{StepBits}";
        }

        foreach (string error in Checks.Fixed(Output, 16f / 256, sbyte.MaxValue))
        {
            yield return error;
        }
    }
}
