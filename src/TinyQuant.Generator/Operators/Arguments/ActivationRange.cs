using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>What a fused activation clamps to.</summary>
internal static class ActivationRange
{
    /// <summary>
    /// TensorFlow Lite's <c>CalculateActivationRangeQuantized</c>: zero point + round(f / scale), in float32, half
    /// away.
    /// </summary>
    public static (int Min, int Max) Quantized(Activation activation, Quantization output) =>
        Within(sbyte.MinValue, sbyte.MaxValue, activation, output);

    /// <summary>The same of int16 codes.</summary>
    public static (int Min, int Max) QuantizedInt16(Activation activation, Quantization output) =>
        Within(short.MinValue, short.MaxValue, activation, output);

    /// <summary>The same of int8 or int16 codes.</summary>
    public static (int Min, int Max) OfCodes(Activation activation, Tensor output) => output.Type == TensorType.Int16
        ? QuantizedInt16(activation, output.Quantization!)
        : Quantized(activation, output.Quantization!);

    /// <summary>
    /// TensorFlow Lite's <c>CalculateActivationRange</c> of int32, whose elements are integers without a scale.
    /// </summary>
    public static (int Min, int Max) Int32(Activation activation)
    {
        (float min, float max) = activation.Range();
        return (float.IsInfinity(min) ? int.MinValue : (int)min, float.IsInfinity(max) ? int.MaxValue : (int)max);
    }

    /// <summary>
    /// TensorFlow Lite's <c>CalculateActivationRange</c> of float32: where there is no bound, the greatest finite value
    /// is one, so that infinities end there.
    /// </summary>
    public static (float Min, float Max) Float32(Activation activation)
    {
        (float min, float max) = activation.Range();
        return (Math.Max(min, float.MinValue), Math.Min(max, float.MaxValue));
    }

    private static (int Min, int Max) Within(int least, int most, Activation activation, Quantization output)
    {
        (float min, float max) = activation.Range();
        return (Bound(min), Bound(max));

        int Bound(float real)
        {
            if (float.IsInfinity(real))
            {
                return real < 0 ? least : most;
            }

            double code = output.ZeroPoint
                + Math.Round((double)(float)(real / output.Scale), MidpointRounding.AwayFromZero);
            return (int)Math.Min(most, Math.Max(least, code));
        }
    }
}
