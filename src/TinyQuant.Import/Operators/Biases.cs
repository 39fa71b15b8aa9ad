using TinyQuant.Import.Schema;

namespace TinyQuant.Import.Operators;

/// <summary>
/// An int32 bias has the accumulator's scale, input scale times weight scale, and zero point 0; a model file therefore
/// does not say it. What has another is refused rather than computed wrongly.
/// </summary>
internal static class Biases
{
    /// <summary>Of the output's scale: what TensorFlow Lite's <c>GetQuantizedConvolutionMultiplier</c> lets pass.</summary>
    private const double Tolerance = 0.02;

    public static void RequireAccumulatorScale(OperatorSource source, int input, int weights, int bias)
    {
        if (!source.HasInput(bias) || source.InputTensor(bias).Type != TfliteType.Int32)
        {
            return;
        }
        TfliteQuantization own = source.InputTensor(bias).Quantization;
        if (own.IsCustom || own.ZeroPoints.Any(z => z != 0))
        {
            throw new UnsupportedException($"its bias '{source.InputTensor(bias).ShownName}' has a zero point; expected 0");
        }
        TfliteQuantization activations = source.InputTensor(input).Quantization;
        TfliteQuantization filter = source.InputTensor(weights).Quantization;
        TfliteQuantization output = source.OutputTensor(0).Quantization;
        if (own.Scales.Length == 1 && activations.Scales.Length == 1 && filter.Scales.Length == 1 && output.Scales.Length == 1)
        {
            double accumulator = (double)activations.Scales[0] * filter.Scales[0];
            if (!(Math.Abs(accumulator - own.Scales[0]) <= Tolerance * output.Scales[0]))
            {
                throw new UnsupportedException(FormattableString.Invariant(
                    $"its bias has scale {own.Scales[0]:R}; expected that of the accumulator, {accumulator:R}"));
            }
        }
    }
}
