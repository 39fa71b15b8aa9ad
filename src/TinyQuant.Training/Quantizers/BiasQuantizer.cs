using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>Int32 biases, whose scale is the product of the input's and the weights'.</summary>
internal static class BiasQuantizer
{
    /// <summary>
    /// Widens weight scales whose bias would need more than half of int32 (TensorFlow Lite's
    /// <c>AdjustWeightsForBiasScale</c>): such a scale becomes 2 max|b| / (2^31 - 1) / input scale.
    /// </summary>
    public static void WidenScales(float[] weightScales, Tensor bias, float inputScale)
    {
        float[] values = Constants.Floats(bias);
        int perScale = values.Length / weightScales.Length;
        for (int c = 0; c < weightScales.Length; c++)
        {
            double largest = 0;
            foreach (float value in values.AsSpan(c * perScale, perScale))
            {
                largest = Math.Max(largest, Math.Abs((double)value));
            }

            if (largest >= 0.5 * inputScale * weightScales[c] * int.MaxValue)
            {
                weightScales[c] = (float)(2.0 * largest / int.MaxValue / inputScale);
            }
        }
    }

    /// <summary>q = round(b / scale), half away from zero; scale = input scale * weight scale in float32.</summary>
    public static Tensor Quantize(Tensor bias, float[] weightScales, float inputScale)
    {
        float[] values = Constants.Floats(bias);
        int[] codes = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double scale = inputScale * weightScales[weightScales.Length == 1 ? 0 : i];
            double code = Math.Round(values[i] / scale, MidpointRounding.AwayFromZero);
            codes[i] = (int)Math.Clamp(code, -int.MaxValue, int.MaxValue);
        }

        return new Tensor(bias.Name, TensorType.Int32, bias.Shape, data: Constants.FromInts(codes));
    }
}
