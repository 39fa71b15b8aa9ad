using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Codes;

/// <summary>Scale and zero point of int8 activations.</summary>
internal static class ActivationParameters
{
    private const float LeastNormal = 1.17549435E-38f;

    /// <summary>
    /// Asymmetric, in float32, as TensorFlow Lite's <c>GetAsymmetricQuantizationParams</c>: the range is widened to
    /// hold 0, its ends become -128 and 127, and the zero point is rounded half away from zero. A tensor that is
    /// always 0 gets scale 1/255; so does one so close to it that a float32 scale would have next to no bits.
    /// </summary>
    public static Quantization Of(ValueRange range)
    {
        float min = MathF.Min(range.Min, 0);
        float max = MathF.Max(range.Max, 0);
        float scale = (max - min) / 255f;
        if (scale < LeastNormal)
        {
            return new Quantization(1f / 255f, -128);
        }

        float zero = -128f - (min / scale);
        return new Quantization(scale, (int)Math.Clamp(MathF.Round(zero, MidpointRounding.AwayFromZero), -128f, 127f));
    }

    /// <summary>The code of a value, from -128 to 127.</summary>
    public static int CodeOf(double value, Quantization q) =>
        (int)Math.Clamp(
            Math.Round(value / q.Scale, MidpointRounding.AwayFromZero) + q.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
}
