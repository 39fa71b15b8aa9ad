namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// PortableAsymmetricQuantizeFloats and PortableSymmetricQuantizeFloats of
/// tensorflow/lite/kernels/internal/reference/portable_tensor_utils.cc.
/// </summary>
internal static class DynamicQuantization
{
    public static (sbyte[] Codes, float Scale, int ZeroPoint) Run(ReadOnlySpan<float> values, bool isSymmetric) =>
        isSymmetric ? Symmetric(values.ToArray()) : Asymmetric(values);

    private static (sbyte[] Codes, float Scale, int ZeroPoint) Symmetric(float[] values)
    {
        float range = values.Max(Math.Abs);
        if (range == 0)
        {
            return (new sbyte[values.Length], 1, 0);
        }

        float inverse = 127 / range;
        return ([.. values.Select(x => (sbyte)Math.Clamp(
            MathF.Round(x * inverse, MidpointRounding.AwayFromZero), -127, 127))], range / 127, 0);
    }

    private static (sbyte[] Codes, float Scale, int ZeroPoint) Asymmetric(ReadOnlySpan<float> values)
    {
        const double QMin = -128, QMax = 127;
        double rmin = 0, rmax = 0;
        foreach (float value in values)
        {
            rmin = Math.Min(rmin, value);
            rmax = Math.Max(rmax, value);
        }

        var codes = new sbyte[values.Length];
        if (rmin == rmax)
        {
            return (codes, 1, 0);
        }

        double scale = (rmax - rmin) / (QMax - QMin);
        double fromMin = QMin - (rmin / scale);
        double fromMax = QMax - (rmax / scale);
        double fromMinError = Math.Abs(QMin) + Math.Abs(rmin / scale);
        double fromMaxError = Math.Abs(QMax) + Math.Abs(rmax / scale);
        double zeroPoint = fromMinError < fromMaxError ? fromMin : fromMax;
        int nudged = zeroPoint <= QMin ? -128
            : zeroPoint >= QMax ? 127
            : (int)Math.Round(zeroPoint, MidpointRounding.AwayFromZero);
        float factor = (float)scale;
        float inverse = (float)(1.0 / factor);
        for (int i = 0; i < values.Length; i++)
        {
            float steps = values[i] * inverse;
            float sum = nudged + steps;
            codes[i] = (sbyte)Math.Clamp(Math.Round(sum, MidpointRounding.AwayFromZero), QMin, QMax);
        }

        return (codes, factor, nudged);
    }
}
