using TinyQuant.Model;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Codes;

/// <summary>
/// Symmetric int4 weights in [-7, 7]. With so few codes the largest weight is not worth a step as wide as it asks for:
/// each scale is the one of some candidates whose rounded weights have the least squared error. Scales are float16
/// numbers.
/// </summary>
internal static class Int4Quantizer
{
    private const int Candidates = 16;
    private const double LeastPart = 0.45;

    /// <summary>
    /// Rounds weights, with a scale for each channel and, where the format says so, a multiplier for each group.
    /// </summary>
    public static WeightCodes Encode(ReadOnlySpan<float> values, ChannelLayout layout, WeightFormat format)
    {
        int length = layout.Length / layout.Channels;
        int groups = format == WeightFormat.Int4Groups ? (length + Int4Data.GroupSize - 1) / Int4Data.GroupSize : 0;
        var codes = new WeightCodes(
            format, layout, new sbyte[values.Length], new float[layout.Channels], new byte[layout.Channels * groups]);
        float[] channel = new float[length];
        for (int c = 0; c < layout.Channels; c++)
        {
            for (int i = 0; i < length; i++)
            {
                channel[i] = values[layout.IndexOf(c, i)];
            }

            codes.Scales[c] = groups > 0
                ? Grouped(channel, codes.Multipliers.AsSpan(c * groups, groups))
                : Best(channel);
        }

        float[] scales = codes.Scales;
        return (codes with { Scales = [] }).WithScales(values, scales);
    }

    /// <summary>The scale of a channel, or of a tensor.</summary>
    private static float Best(ReadOnlySpan<float> values)
    {
        float widest = Largest(values) / Int4Data.MaxCode;
        (float best, double least) = (ToHalf(widest), double.PositiveInfinity);
        for (int i = 0; i < Candidates; i++)
        {
            float scale = ToHalf((float)(widest * (1 - ((1 - LeastPart) * i / (Candidates - 1)))));
            double error = Error(values, scale);
            if (error < least)
            {
                (best, least) = (scale, error);
            }
        }

        return best;
    }

    /// <summary>
    /// The scale of a channel whose largest weight needs the greatest multiplier, and the best multiplier of each
    /// group.
    /// </summary>
    private static float Grouped(ReadOnlySpan<float> values, Span<byte> multipliers)
    {
        float scale = ToHalf(Largest(values) / (Int4Data.MaxCode * Int4Data.MaxMultiplier));
        for (int group = 0; group < multipliers.Length; group++)
        {
            int first = group * Int4Data.GroupSize;
            ReadOnlySpan<float> part = values[first..Math.Min(values.Length, first + Int4Data.GroupSize)];
            int widest = (int)Math.Clamp(
                MathF.Ceiling(Largest(part) / (Int4Data.MaxCode * scale)), 1, Int4Data.MaxMultiplier);
            double least = double.PositiveInfinity;
            for (int multiplier = widest; multiplier >= Math.Max(1, widest * LeastPart); multiplier--)
            {
                double error = Error(part, scale * multiplier);
                if (error < least)
                {
                    (multipliers[group], least) = ((byte)multiplier, error);
                }
            }
        }

        return scale;
    }

    private static double Error(ReadOnlySpan<float> values, float scale)
    {
        float inverse = 1 / scale;
        double sum = 0;
        foreach (float value in values)
        {
            float difference = (WeightQuantizer.Code(value, inverse, Int4Data.MaxCode) * scale) - value;
            sum += difference * difference;
        }

        return sum;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        return largest;
    }

    /// <summary>
    /// The nearest float16, one that float32 can invert; any scale is exact for zeros. What float16 cannot hold stays
    /// float32.
    /// </summary>
    private static float ToHalf(float scale)
    {
        float half = (float)(Half)scale;
        float chosen = half > 0 && float.IsFinite(half) ? half : scale;
        return float.IsFinite(1 / chosen) ? chosen : 1f / 128;
    }
}
