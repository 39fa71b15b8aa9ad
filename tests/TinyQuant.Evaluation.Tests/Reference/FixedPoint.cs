using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Products with a real factor in the rounding of a model, by their definitions.</summary>
internal static class FixedPoint
{
    private const int MaxShift = 30;

    /// <summary>x · factor as MultiplyByQuantizedMultiplier rounds it; float-even does not apply to it.</summary>
    public static int Multiply(int x, double factor, Rounding rounding)
    {
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        return Multiply(x, multiplier, shift, rounding);
    }

    /// <summary>The same where the factor is multiplier · 2^(shift − 31) already.</summary>
    public static int Multiply(int x, int multiplier, int shift, Rounding rounding)
    {
        if (rounding != Rounding.Single)
        {
            return Gemmlowp.MultiplyByQuantizedMultiplier(x, multiplier, shift);
        }

        if (shift > MaxShift)
        {
            (multiplier, shift) = (int.MaxValue, MaxShift);
        }

        Int128 divisor = (Int128)1 << (31 - shift);
        Int128 product = ((Int128)x * multiplier) + (divisor / 2);
        return (int)(product >= 0 ? product / divisor : -((-product + divisor - 1) / divisor)); // floor
    }

    public static double Clamp(double code, TensorType type = TensorType.Int8) => type == TensorType.Int16
        ? Math.Clamp(code, short.MinValue, short.MaxValue)
        : Math.Clamp(code, sbyte.MinValue, sbyte.MaxValue);

    /// <summary>zp + round(real / scale), the quotient in float32, limited to the type.</summary>
    public static double Code(float real, Quantization quantization, TensorType type = TensorType.Int8) => Clamp(
        float.IsInfinity(real)
            ? real
            : quantization.ZeroPoint + (double)MathF.Round(real / quantization.Scale, MidpointRounding.AwayFromZero),
        type);

    /// <summary>The clamp of a fused activation.</summary>
    public static double Activate(
        double code, Activation activation, Quantization output, TensorType type = TensorType.Int8)
    {
        (float least, float greatest) = activation.Range();
        return Math.Min(Math.Max(code, Code(least, output, type)), Code(greatest, output, type));
    }
}
