using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>HARD_SWISH of int8 codes in 16-bit fixed point: kernels/internal/reference/hard_swish.h.</summary>
internal static class HardSwishTable
{
    private const int HighResolutionBits = 7;
    private const float ReluScale = 3.0f / 32768.0f;

    public static Func<int, int> Of(Quantization input, Quantization output)
    {
        float highResolutionScale = 1.0f / (1 << HighResolutionBits) * input.Scale;
        (short outputMultiplier, int outputShift) = Multiplier((float)(highResolutionScale / output.Scale));
        (short reluMultiplier, int reluShift) = Multiplier((float)(highResolutionScale / ReluScale));
        return x =>
        {
            short fine = (short)((x - input.ZeroPoint) * (1 << HighResolutionBits));
            short onOutputScale = DoublingHighMultiply(fine, outputMultiplier, rounds: true);
            short relu = fine;
            if (reluShift > 0)
            {
                relu = ShiftLeft(relu, reluShift - 1);
            }

            relu = DoublingHighMultiply(relu, reluMultiplier, rounds: true);
            if (reluShift > 0)
            {
                relu = ShiftLeft(relu, 1);
            }

            if (reluShift < 0)
            {
                relu = DivideByPowerOfTwo(relu, -reluShift);
            }

            short gate = (short)((relu + (1 << 15)) >> 1); // from [-1, 1] to [0, 1]
            short product = DoublingHighMultiply(gate, onOutputScale, rounds: false);
            return DivideByPowerOfTwo(product, -outputShift) + output.ZeroPoint;
        };
    }

    private static (short Multiplier, int Shift) Multiplier(double real)
    {
        const int half = 1 << 15;
        var multiplier = FixedPointMultiplier.Of(real);
        return (multiplier.Multiplier >= int.MaxValue - half
            ? short.MaxValue
            : (short)((multiplier.Multiplier + half) >> 16), multiplier.Shift);
    }

    private static short ShiftLeft(short x, int bits) =>
        (short)Math.Min(short.MaxValue, Math.Max(short.MinValue, (long)x << Math.Min(bits, 31)));

    /// <summary>
    /// gemmlowp's <c>RoundingDivideByPOT</c> as the template is instantiated for int16: its mask of 16 bits has no more
    /// of them for exponents above 15, so that the answer is 1 for x ≥ 0 and -1 below, and not 0.
    /// </summary>
    private static short DivideByPowerOfTwo(short x, int exponent)
    {
        short mask = unchecked((short)((1L << exponent) - 1));
        short remainder = (short)(x & mask);
        short threshold = (short)((mask >> 1) + (x < 0 ? 1 : 0));
        return (short)((x >> exponent) + (remainder > threshold ? 1 : 0));
    }

    private static short DoublingHighMultiply(short a, short b, bool rounds)
    {
        if (a == short.MinValue && b == short.MinValue)
        {
            return short.MaxValue;
        }

        int product = a * b;
        int nudge = !rounds ? 0 : product >= 0 ? 1 << 14 : 1 - (1 << 14);
        return (short)((product + nudge) / (1 << 15));
    }
}
