using TinyQuant.Model;
using TinyQuant.Training.Export;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Symmetric int8 weights in [-127, 127]: scale = max|w| / 127 and q = round(w * (1 / scale)), in float32, half away
/// from zero (TensorFlow Lite's <c>SymmetricPerChannelQuantization</c>). Channels run along axis 0.
/// </summary>
internal static class WeightQuantizer
{
    private const float MaxCode = 127f;

    /// <summary>One scale for the tensor, or one for each slice along axis 0.</summary>
    public static float[] Scales(Tensor weights, bool perChannel)
    {
        float[] values = Constants.Floats(weights);
        int channels = perChannel ? weights.Shape[0] : 1;
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            float max = 0;
            foreach (float value in Channel(values, c, channels))
            {
                max = MathF.Max(max, MathF.Abs(value));
            }
            // All zero (or so small that 1 / scale is infinite): any scale is exact, and a bias needs a sane one.
            float scale = max / MaxCode;
            scales[c] = float.IsFinite(1 / scale) ? scale : 1 / MaxCode;
        }
        return scales;
    }

    /// <summary>The int8 tensor of the same name and shape.</summary>
    public static Tensor Quantize(Tensor weights, float[] scales)
    {
        float[] values = Constants.Floats(weights);
        sbyte[] codes = new sbyte[values.Length];
        for (int c = 0; c < scales.Length; c++)
        {
            float inverse = 1 / scales[c];
            ReadOnlySpan<float> from = Channel(values, c, scales.Length);
            Span<sbyte> to = codes.AsSpan(c * from.Length, from.Length);
            for (int i = 0; i < from.Length; i++)
            {
                float code = MathF.Round(from[i] * inverse, MidpointRounding.AwayFromZero);
                to[i] = (sbyte)Math.Clamp(code, -MaxCode, MaxCode);
            }
        }
        return new Tensor(weights.Name, TensorType.Int8, weights.Shape,
            new Quantization([.. scales], zeroPoint: 0, axis: 0), Constants.FromCodes(codes));
    }

    private static ReadOnlySpan<float> Channel(float[] values, int channel, int channels) =>
        values.AsSpan(channel * (values.Length / channels), values.Length / channels);
}
