namespace TinyQuant.Model;

/// <summary>
/// TensorFlow Lite's L2_NORMALIZATION: each row along the last dimension divided by its length, so that its squares add
/// up to 1. float32, or int8 with scale 1/128 and zero point 0.
/// </summary>
public sealed class L2Normalization : UnaryOperator
{
    /// <summary>255² times more of them would not fit an int32.</summary>
    private const int MaxDepth = 1 << 15;

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        1, 1, p => new L2Normalization(p.Input, p.Output, p.Line));

    /// <summary>Creates the operator.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="output">What it writes.</param>
    /// <param name="line">The line of the model file.</param>
    public L2Normalization(Tensor input, Tensor output, int line = -1)
        : base(input, output, line)
    {
    }

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

        foreach (string error in Checks.Fixed(Output, 1f / 128, 0))
        {
            yield return error;
        }
    }
}
