namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// PortableSymmetricQuantizeFloats of tensorflow/lite/kernels/internal/reference/portable_tensor_utils.cc.
/// </summary>
internal static class PlainSymmetric
{
    public static (sbyte[] Codes, float Scale, int ZeroPoint) Quantize(float[] values)
    {
        float range = values.Max(Math.Abs);
        return range == 0
            ? (new sbyte[values.Length], 1, 0)
            : (Array.ConvertAll(values, x => (sbyte)Math.Clamp(
                MathF.Round(x * (127 / range), MidpointRounding.AwayFromZero), -127, 127)), range / 127, 0);
    }
}
