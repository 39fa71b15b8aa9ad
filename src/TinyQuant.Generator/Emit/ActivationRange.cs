using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The codes that a fused activation clamps to.</summary>
internal static class ActivationRange
{
    /// <summary>
    /// TensorFlow Lite's <c>CalculateActivationRangeQuantized</c>: zero point + round(f / scale), in float32, half away.
    /// </summary>
    public static (int Min, int Max) Quantized(Activation activation, Quantization output)
    {
        (float min, float max) = activation.Range();
        return (Bound(min, output, sbyte.MinValue), Bound(max, output, sbyte.MaxValue));
    }

    private static int Bound(float real, Quantization output, sbyte whenInfinite)
    {
        if (float.IsInfinity(real))
        {
            return whenInfinite;
        }
        double code = output.ZeroPoint + Math.Round((double)(float)(real / output.Scale), MidpointRounding.AwayFromZero);
        return (int)Math.Min(sbyte.MaxValue, Math.Max(sbyte.MinValue, code));
    }
}
