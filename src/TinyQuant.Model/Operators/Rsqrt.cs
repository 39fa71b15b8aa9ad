namespace TinyQuant.Model;

/// <summary>
/// 1 / √x, TensorFlow Lite's RSQRT. Of codes: 0 and what is below it, where the reference ends its run, give the
/// type's greatest code.
/// </summary>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
/// <param name="line">The line of the model file.</param>
public sealed class Rsqrt(Tensor input, Tensor output, int line = -1) : UnaryOperator(input, output, line)
{
    /// <summary>Bits after the point of a code's root, before it is brought to the output's scale.</summary>
    internal const int FractionBits = 20;

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(1, 1, p => new Rsqrt(p.Input, p.Output, p.Line));

    /// <summary>
    /// What the root of a code is multiplied by: 1 / (√s · s_out), each step of which is a float32.
    /// </summary>
    /// <remarks><c>SetRsqrtOutputMultiplier</c> of TFLM's elementwise.cc.</remarks>
    internal double Factor =>
        1.0 / (float)((float)Math.Sqrt(Input.Quantization!.Scale) * Output.Quantization!.Scale);

    /// <inheritdoc/>
    private protected override IReadOnlyList<TensorType> Types => Checks.Int16Activations;

    /// <summary>The ratio of scales means nothing here.</summary>
    private protected override IEnumerable<string> ScaleErrors() => Checks.Quantized(Input, Output);

    /// <inheritdoc/>
    private protected override IEnumerable<string> QuantizationErrors()
    {
        const double least = 1.0 / 4096;
        const double limit = 1L << 50;
        if (Input.Type != TensorType.Float32 && (Input.Quantization, Output.Quantization) is ({ }, { })
            && !(Factor is >= least and < limit))
        {
            yield return $"the scales of '{Input.Name}' and '{Output.Name}' are so far from each other that no shift "
                + "reaches a root; expected 1 / (√input · output) from 2^-12 to below 2^50";
        }

        foreach (string error in Checks.Symmetric(Input, Output))
        {
            yield return error;
        }
    }
}
