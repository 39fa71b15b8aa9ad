using TinyQuant.Model;

namespace TinyQuant.Training.Codes;

/// <summary>
/// Symmetric int8 weights in [-127, 127]: scale = max|w| / 127 and q = round(w * (1 / scale)), in float32, half away
/// from zero (TensorFlow Lite's <c>SymmetricPerChannelQuantization</c>).
/// </summary>
internal static class WeightQuantizer
{
    /// <summary>The greatest code of int8; the least is its negative.</summary>
    public const int MaxCode = 127;

    /// <summary>One scale for the tensor, or one for each slice along an axis, the first or the last.</summary>
    public static float[] Scales(Tensor weights, bool perChannel, int axis = 0) =>
        Scales(Constants.Floats(weights), Layout(weights, perChannel ? weights.Shape[axis] : 1, axis));

    /// <summary>The scale of each channel.</summary>
    public static float[] Scales(ReadOnlySpan<float> values, ChannelLayout layout)
    {
        float[] scales = new float[layout.Channels];
        for (int i = 0; i < values.Length; i++)
        {
            ref float max = ref scales[layout.ChannelOf(i)];
            max = MathF.Max(max, MathF.Abs(values[i]));
        }

        foreach (ref float scale in scales.AsSpan())
        {
            // All zero (or so small that 1 / scale is infinite): any scale is exact, and a bias needs a sane one.
            scale /= MaxCode;
            scale = float.IsFinite(1 / scale) ? scale : 1f / MaxCode;
        }

        return scales;
    }

    /// <summary>The int8 tensor of the same name and shape.</summary>
    public static Tensor Quantize(Tensor weights, float[] scales, int axis = 0)
    {
        float[] values = Constants.Floats(weights);
        ChannelLayout layout = Layout(weights, scales.Length, axis);
        sbyte[] codes = new sbyte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            codes[i] = (sbyte)Code(values[i], 1 / scales[layout.ChannelOf(i)]);
        }

        return new Tensor(weights.Name, TensorType.Int8, weights.Shape,
            new Quantization([.. scales], zeroPoint: 0, axis: scales.Length > 1 ? axis : 0),
            Constants.FromCodes(codes));
    }

    /// <summary>The code of a weight, at most <paramref name="most"/> and at least its negative.</summary>
    public static float Code(float value, float inverseScale, int most = MaxCode) =>
        Math.Clamp(MathF.Round(value * inverseScale, MidpointRounding.AwayFromZero), -most, most);

    private static ChannelLayout Layout(Tensor weights, int channels, int axis) =>
        new(weights.ElementCount, channels, axis == 0);
}
