using TinyQuant.Model;
using static TinyQuant.Kernels.Requantizers.FixedPoint;

namespace TinyQuant.Generator;

/// <summary>
/// gemmlowp's fixed-point functions (<c>gemmlowp/fixedpoint/fixedpoint.h</c>), for tables that are baked.
/// </summary>
internal static class Gemmlowp
{
    /// <summary>TensorFlow Lite's <c>MultiplyByQuantizedMultiplier</c> (<c>kernels/internal/common.cc</c>).</summary>
    public static int Multiply(int x, FixedPointMultiplier m, Rounding rounding) => rounding == Rounding.Single
        ? MultiplyRoundingOnce(x, m.Multiplier, m.Shift)
        : MultiplyRoundingTwice(x, m.Multiplier, m.Shift);

    /// <summary>e^a for a ≤ 0, as Q0.31.</summary>
    /// <param name="a">Fixed point with 31 − <paramref name="integerBits"/> fractional bits.</param>
    /// <param name="integerBits">Of <paramref name="a"/>.</param>
    public static int ExpOnNegative(int a, int integerBits)
    {
        if (a == 0)
        {
            return int.MaxValue;
        }

        int fraction = 31 - integerBits;
        int quarter = 1 << (fraction - 2);
        int inQuarter = (a & (quarter - 1)) - quarter; // in [-1/4, 0)
        int result = ExpOnQuarter(Saturate((long)inQuarter << integerBits));
        int remainder = inQuarter - a;
        foreach ((int exponent, int factor) in s_powers)
        {
            if (integerBits > exponent && (remainder & (1 << (fraction + exponent))) != 0)
            {
                result = SaturatingRoundingDoublingHighMultiply(result, factor);
            }
        }

        return result;
    }

    /// <summary>(1 − a) / (1 + a) for a in [0, 1], Q0.31 in and out.</summary>
    public static int OneMinusOverOnePlus(int a)
    {
        int x = HalfReciprocal(a) - (1 << 29); // Q2.29
        return Saturate((long)x << 2);
    }

    /// <summary>1 / (1 + e^−a) as Q0.31.</summary>
    public static int Logistic(int a, int integerBits)
    {
        if (a == 0)
        {
            return 1 << 30;
        }

        int positive = OneOverOnePlus(ExpOnNegative(a > 0 ? -a : a, integerBits));
        return a > 0 ? positive : int.MaxValue - positive;
    }

    /// <summary>tanh a as Q0.31.</summary>
    public static int Tanh(int a, int integerBits)
    {
        if (a == 0)
        {
            return 0;
        }
        // e^(2a) of a number with one more integer bit has the same digits.
        int positive = OneMinusOverOnePlus(ExpOnNegative(a > 0 ? -a : a, integerBits + 1));
        return a > 0 ? positive : -positive;
    }

    private static readonly (int Exponent, int Factor)[] s_powers =
    [
        (-2, 1672461947), (-1, 1302514674), (0, 790015084), (1, 290630308), (2, 39332535), (3, 720401), (4, 242),
    ];

    /// <summary>e^a for a in [-1/4, 0), by a polynomial around -1/8.</summary>
    private static int ExpOnQuarter(int a)
    {
        const int expOfMinusEighth = 1895147668;
        const int third = 715827883;
        int x = a + (1 << 28);
        int x2 = SaturatingRoundingDoublingHighMultiply(x, x);
        int x3 = SaturatingRoundingDoublingHighMultiply(x2, x);
        int x4 = SaturatingRoundingDoublingHighMultiply(x2, x2);
        int cubes = SaturatingRoundingDoublingHighMultiply(RoundingDivideByPowerOfTwo(x4, 2) + x3, third);
        int polynomial = RoundingDivideByPowerOfTwo(cubes + x2, 1);
        return expOfMinusEighth + SaturatingRoundingDoublingHighMultiply(expOfMinusEighth, x + polynomial);
    }
}
