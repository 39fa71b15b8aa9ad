namespace TinyQuant.Tests;

/// <summary>The fixed-point functions of gemmlowp and TensorFlow Lite as published, step by step.</summary>
internal static class Gemmlowp
{
    /// <summary>tensorflow/lite/kernels/internal/quantization_util.cc.</summary>
    public static (int Multiplier, int Shift) QuantizeMultiplier(double real)
    {
        if (real == 0)
        {
            return (0, 0);
        }

        int shift = Math.ILogB(real) + 1; // frexp: real = fraction * 2^shift, fraction in [0.5, 1)
        double fraction = Math.ScaleB(real, -shift);
        long multiplier = (long)Math.Round(fraction * (1L << 31), MidpointRounding.AwayFromZero);
        if (multiplier == 1L << 31)
        {
            multiplier /= 2;
            shift++;
        }

        return shift < -31 ? (0, 0) : ((int)multiplier, shift);
    }

    /// <summary>The same with <c>TFLITE_SINGLE_ROUNDING</c>, which caps what no shift reaches.</summary>
    public static (int Multiplier, int Shift) QuantizeMultiplierForSingleRounding(double real)
    {
        (int multiplier, int shift) = QuantizeMultiplier(real);
        return shift > 30 ? (int.MaxValue, 30) : (multiplier, shift);
    }

    /// <summary>The one rounding of the same file with <c>TFLITE_SINGLE_ROUNDING</c>.</summary>
    public static int MultiplyByQuantizedMultiplierWithSingleRounding(int x, int multiplier, int shift)
    {
        int total = 31 - shift;
        Int128 product = ((Int128)x * multiplier) + ((Int128)1 << (total - 1));
        return unchecked((int)(long)(product >> total));
    }

    /// <summary>The two roundings of tensorflow/lite/kernels/internal/common.cc.</summary>
    public static int MultiplyByQuantizedMultiplier(int x, int multiplier, int shift)
    {
        int left = shift > 0 ? shift : 0;
        int right = shift > 0 ? 0 : -shift;
        return RoundingDivideByPot(SaturatingRoundingDoublingHighMul(unchecked(x * (1 << left)), multiplier), right);
    }

    /// <summary>The overload for sums of 64 bits, which both roundings share.</summary>
    public static int MultiplyByQuantizedMultiplier(long x, int multiplier, int shift)
    {
        int reduced = multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
        int total = 15 - shift;
        return unchecked((int)(((x * reduced) + (1L << (total - 1))) >> total));
    }

    public static int SaturatingRoundingDoublingHighMul(int a, int b)
    {
        bool overflow = a == b && a == int.MinValue;
        long product = (long)a * b;
        long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
        return overflow ? int.MaxValue : (int)((product + nudge) / (1L << 31));
    }

    /// <summary>The same template for int16.</summary>
    public static short SaturatingRoundingDoublingHighMul(short a, short b)
    {
        bool overflow = a == b && a == short.MinValue;
        int product = a * b;
        int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
        return overflow ? short.MaxValue : (short)((product + nudge) / (1 << 15));
    }

    public static int RoundingDivideByPot(int x, int exponent)
    {
        int mask = (int)((1L << exponent) - 1);
        int remainder = x & mask;
        int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (x >> exponent) + (remainder > threshold ? 1 : 0);
    }

    /// <summary>The same template for int16, whose mask has 16 bits.</summary>
    public static short RoundingDivideByPot(short x, int exponent)
    {
        short mask = unchecked((short)((1L << exponent) - 1));
        short remainder = (short)(x & mask);
        short threshold = (short)((short)(mask >> 1) + (x < 0 ? 1 : 0));
        return (short)((short)(x >> exponent) + (remainder > threshold ? 1 : 0));
    }
}
