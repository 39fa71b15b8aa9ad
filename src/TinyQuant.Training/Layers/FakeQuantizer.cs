using TinyQuant.Training.Codes;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Layers;

/// <summary>Rounds float32 values to what their codes stand for, by the same formulas as the quantizers.</summary>
internal static class FakeQuantizer
{
    /// <summary>Weights with a scale for each output channel, along the first or the last dimension.</summary>
    public static void Weights(Parameter weights, int channelAxis, WeightFormat format, ref float[] target)
    {
        Numerics.Buffers.Ensure(ref target, weights.Values.Length);
        WeightCodes codes = WeightCodes.Of(weights.Values, weights.Shape, channelAxis, format);
        for (int i = 0; i < weights.Values.Length; i++)
        {
            target[i] = codes.Decode(i);
        }
    }
}
