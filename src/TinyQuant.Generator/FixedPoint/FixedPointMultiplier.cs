using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// A real factor as multiplier * 2^(shift - 31), as TensorFlow Lite's <c>QuantizeMultiplier</c>
/// (tensorflow/lite/kernels/internal/quantization_util.cc) computes it.
/// </summary>
internal readonly record struct FixedPointMultiplier(int Multiplier, int Shift)
{
    /// <summary>The largest shift to the left that an int32 can make.</summary>
    public const int MaxShift = 30;

    private const int MinShift = -31;

    /// <summary>
    /// The multiplier in Q0.15, as the 64-bit <c>MultiplyByQuantizedMultiplier</c> of
    /// <c>tensorflow/lite/kernels/internal/common.cc</c> makes it: rounded, and the greatest where that is 1.
    /// </summary>
    public int Narrow => Multiplier < 0x7FFF0000 ? (Multiplier + (1 << 15)) >> 16 : short.MaxValue;

    /// <summary>As <see cref="Of(double)"/>; single rounding caps a factor that no shift reaches.</summary>
    public static FixedPointMultiplier Of(double real, Rounding rounding)
    {
        FixedPointMultiplier multiplier = Of(real);
        return rounding == Rounding.Single && multiplier.Shift > MaxShift
            ? new FixedPointMultiplier(int.MaxValue, MaxShift)
            : multiplier;
    }

    /// <param name="real">Finite, not negative: what a negative factor means, each operator says itself.</param>
    public static FixedPointMultiplier Of(double real)
    {
        if (real == 0)
        {
            return new FixedPointMultiplier(0, 0);
        }

        (double fraction, int shift) = FractionAndExponent(real);
        long multiplier = (long)Math.Round(fraction * (1L << 31), MidpointRounding.AwayFromZero);
        if (multiplier == 1L << 31)
        {
            multiplier /= 2;
            shift++;
        }

        return shift < MinShift ? new FixedPointMultiplier(0, 0) : new FixedPointMultiplier((int)multiplier, shift);
    }

    /// <summary>C's frexp for normal numbers: real = fraction * 2^exponent with fraction in [0.5, 1).</summary>
    private static (double Fraction, int Exponent) FractionAndExponent(double real)
    {
        const long exponentMask = 0x7FFL << 52;
        const int bias = 1022;
        long bits = BitConverter.DoubleToInt64Bits(real);
        int exponent = (int)((bits & exponentMask) >> 52) - bias;
        double fraction = BitConverter.Int64BitsToDouble((bits & ~exponentMask) | ((long)bias << 52));
        return (fraction, exponent);
    }
}
