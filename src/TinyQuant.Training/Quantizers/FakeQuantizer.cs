using TinyQuant.Training.Layers;

namespace TinyQuant.Training.Quantizers;

/// <summary>Rounds float32 values to what their int8 codes stand for, by the same formulas as the quantizers.</summary>
internal static class FakeQuantizer
{
    /// <summary>Weights with a scale for each output channel, along the first or the last dimension.</summary>
    public static void Weights(Parameter weights, int channelAxis, ref float[] target)
    {
        Numerics.Buffers.Ensure(ref target, weights.Values.Length);
        int channels = weights.Shape[channelAxis];
        var layout = new ChannelLayout(weights.Values.Length, channels, channelAxis == 0);
        float[] scales = WeightQuantizer.Scales(weights.Values, layout);
        for (int i = 0; i < weights.Values.Length; i++)
        {
            float scale = scales[layout.ChannelOf(i)];
            target[i] = WeightQuantizer.Code(weights.Values[i], 1 / scale) * scale;
        }
    }
}
