using TinyQuant.Model;

namespace TinyQuant.Export.Onnx;

/// <summary>The codes of activations, which are unsigned in ONNX: as the graph's, and 128 more.</summary>
internal static class Codes
{
    private const int Offset = 128;

    /// <summary>A code of the graph as one of ONNX.</summary>
    public static byte Unsigned(int code) => (byte)(code + Offset);

    /// <summary>The least and the greatest code that an activation leaves.</summary>
    /// <remarks>
    /// TensorFlow Lite's <c>CalculateActivationRangeQuantized</c>: zero point + round(f / scale), half away from zero.
    /// </remarks>
    public static (int Min, int Max) Range(Activation activation, Quantization output)
    {
        (float min, float max) = activation.Range();
        return (Bound(min, output, sbyte.MinValue), Bound(max, output, sbyte.MaxValue));
    }

    /// <summary>Whether an activation leaves all codes as they are.</summary>
    public static bool IsNone(Activation activation, Tensor output) =>
        Range(activation, output.Quantization!) == (sbyte.MinValue, sbyte.MaxValue);

    private static int Bound(float real, Quantization output, sbyte whenInfinite) => float.IsInfinity(real)
        ? whenInfinite
        : (int)Math.Clamp(output.ZeroPoint + Math.Round((double)(real / output.Scale), MidpointRounding.AwayFromZero),
            sbyte.MinValue, sbyte.MaxValue);
}
