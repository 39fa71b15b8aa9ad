using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>gemmlowp's fixed-point arithmetic (<c>gemmlowp/fixedpoint/fixedpoint.h</c>), for tables that are baked.</summary>
internal static class Gemmlowp
{
    /// <summary>(a · b + 2^30) >> 31, saturated where both are the least int32.</summary>
    public static int DoublingHighMultiply(int a, int b) =>
        a == int.MinValue && b == int.MinValue ? int.MaxValue : (int)((((long)a * b) + (1L << 30)) >> 31);

    /// <summary>x / 2^exponent, halves away from zero.</summary>
    public static int DivideByPowerOfTwo(int x, int exponent) =>
        exponent == 0 ? x : (int)((x + (1L << (exponent - 1)) - (x < 0 ? 1 : 0)) >> exponent);

    /// <summary>TensorFlow Lite's <c>MultiplyByQuantizedMultiplier</c> (<c>kernels/internal/common.cc</c>).</summary>
    public static int Multiply(int x, FixedPointMultiplier m, Rounding rounding) => rounding == Rounding.Single
        ? (int)((((long)x * m.Multiplier) + (1L << (30 - m.Shift))) >> (31 - m.Shift))
        : DivideByPowerOfTwo(DoublingHighMultiply(unchecked(x << Math.Max(m.Shift, 0)), m.Multiplier), Math.Max(-m.Shift, 0));

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
                result = DoublingHighMultiply(result, factor);
            }
        }
        return result;
    }

    /// <summary>1 / (1 + a) for a in [0, 1], Q0.31 in and out.</summary>
    public static int OneOverOnePlus(int a) => Saturate((long)HalfReciprocal(a) << 1);

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
        int x2 = DoublingHighMultiply(x, x);
        int x3 = DoublingHighMultiply(x2, x);
        int x4 = DoublingHighMultiply(x2, x2);
        int polynomial = DivideByPowerOfTwo(DoublingHighMultiply(DivideByPowerOfTwo(x4, 2) + x3, third) + x2, 1);
        return expOfMinusEighth + DoublingHighMultiply(expOfMinusEighth, x + polynomial);
    }

    /// <summary>2 / (1 + a) / 2 by three steps of Newton and Raphson, as Q2.29.</summary>
    private static int HalfReciprocal(int a)
    {
        const int fortyEightSeventeenths = 1515870810;
        const int minusThirtyTwoSeventeenths = -1010580540;
        int halfDenominator = (int)(((long)a + int.MaxValue + 1) / 2);
        int x = fortyEightSeventeenths + DoublingHighMultiply(halfDenominator, minusThirtyTwoSeventeenths);
        for (int i = 0; i < 3; i++)
        {
            int product = DoublingHighMultiply(halfDenominator, x);
            x += Saturate((long)DoublingHighMultiply(x, (1 << 29) - product) << 2);
        }
        return x;
    }

    private static int Saturate(long x) => (int)Math.Min(int.MaxValue, Math.Max(int.MinValue, x));
}
