using TinyQuant.Import.Source;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// An int32 bias has the accumulator's scale, input scale times weight scale, and zero point 0; a model file therefore
/// does not say it. What has another is refused rather than computed wrongly.
/// </summary>
internal static class Biases
{
    /// <summary>
    /// Of the output's scale: what TensorFlow Lite's <c>GetQuantizedConvolutionMultiplier</c> lets pass.
    /// </summary>
    private const double Tolerance = 0.02;

    public static void RequireAccumulatorScale(OperatorContext source, int input, int weights, int bias)
    {
        if (!source.HasInput(bias) || source.InputTensor(bias).Type != SourceType.Int32)
        {
            return;
        }

        SourceQuantization own = source.InputTensor(bias).Quantization;
        if (own.IsCustom || own.ZeroPoints.Any(z => z != 0))
        {
            throw new UnsupportedException(
                $"its bias '{source.InputTensor(bias).ShownName}' has a zero point; expected 0");
        }

        SourceQuantization activations = source.InputTensor(input).Quantization;
        SourceQuantization filter = source.InputTensor(weights).Quantization;
        SourceQuantization output = source.OutputTensor(0).Quantization;
        if (own.Scales.IsEmpty || filter.Scales.IsEmpty || activations.Scales.Length != 1 || output.Scales.Length != 1)
        {
            return; // nothing to compare; what lacks a scale and needs one is refused elsewhere
        }

        int channels = Math.Max(own.Scales.Length, filter.Scales.Length);
        if (Math.Min(own.Scales.Length, filter.Scales.Length) is var least && least != 1 && least != channels)
        {
            throw new UnsupportedException(
                $"its bias has {own.Scales.Length} scales and its weights {filter.Scales.Length}; expected as "
                    + "many, or one");
        }

        for (int channel = 0; channel < channels; channel++)
        {
            float scale = own.Scales[own.Scales.Length == 1 ? 0 : channel];
            double accumulator = (double)activations.Scales[0] * filter.Scales[filter.Scales.Length == 1 ? 0 : channel];
            if (!(Math.Abs(accumulator - scale) <= Tolerance * output.Scales[0]))
            {
                string where = channels == 1 ? "" : FormattableString.Invariant($" in channel {channel}");
                throw new UnsupportedException(FormattableString.Invariant(
                    $"its bias has scale {scale:R}{where}; expected that of the accumulator, {accumulator:R}"));
            }
        }
    }
}
