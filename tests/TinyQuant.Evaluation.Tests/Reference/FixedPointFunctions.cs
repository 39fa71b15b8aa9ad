using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// The exponential, the reciprocal and what is made of them in fixedpoint/fixedpoint.h of gemmlowp. Its constants are
/// real numbers there, in comments; here they are computed from these.
/// </summary>
internal static class FixedPointFunctions
{
    private const double One = 2147483648; // of Q0.31

    /// <summary>exp_on_negative_values: Q0.31 of e^a for a of so many integer bits.</summary>
    public static int Exp(int a, int integerBits)
    {
        int fractionBits = 31 - integerBits;
        int quarter = 1 << (fractionBits - 2);
        int modulo = (a & (quarter - 1)) - quarter;
        int result = ExpOnQuarter((int)Math.Clamp((long)modulo * (1L << integerBits), int.MinValue, int.MaxValue));
        long remainder = (long)modulo - a;
        for (int exponent = -2; exponent < integerBits; exponent++)
        {
            if ((remainder & (1L << (fractionBits + exponent))) != 0)
            {
                result = Gemmlowp.SaturatingRoundingDoublingHighMul(
                    result, Constant(Math.Exp(-Math.Pow(2, exponent)), 31));
            }
        }

        return a == 0 ? int.MaxValue : result;
    }

    /// <summary>one_over_one_plus_x_for_x_in_0_1.</summary>
    public static int OneOverOnePlus(int a) => Saturate(2L * Newton(a));

    /// <summary>logistic, Q0.31.</summary>
    public static int Logistic(int a, int integerBits)
    {
        int positive = OneOverOnePlus(Exp(-Math.Abs(a), integerBits));
        return a == 0 ? 1 << 30 : a > 0 ? positive : int.MaxValue - positive;
    }

    /// <summary>tanh, Q0.31.</summary>
    public static int Tanh(int a, int integerBits)
    {
        int positive = Saturate(4L * (Newton(Exp(-Math.Abs(a), integerBits + 1)) - (1 << 29)));
        return Math.Sign(a) * positive;
    }

    /// <summary>exp_on_interval_between_negative_one_quarter_and_0_excl: the Taylor polynomial around -1/8.</summary>
    private static int ExpOnQuarter(int a)
    {
        int x = a + Constant(1.0 / 8, 31);
        int x2 = Gemmlowp.SaturatingRoundingDoublingHighMul(x, x);
        int x3 = Gemmlowp.SaturatingRoundingDoublingHighMul(x2, x);
        int x4 = Gemmlowp.SaturatingRoundingDoublingHighMul(x2, x2);
        int cubes = Gemmlowp.SaturatingRoundingDoublingHighMul(
            Gemmlowp.RoundingDivideByPot(x4, 2) + x3, Constant(1.0 / 3, 31));
        int term = Constant(Math.Exp(-1.0 / 8), 31);
        return term + Gemmlowp.SaturatingRoundingDoublingHighMul(term, x + Gemmlowp.RoundingDivideByPot(cubes + x2, 1));
    }

    /// <summary>1 / ((1 + a) / 2) in Q2.29.</summary>
    private static int Newton(int a)
    {
        int half = (int)((a + (long)One) / 2);
        int x = Constant(48.0 / 17, 29) + Gemmlowp.SaturatingRoundingDoublingHighMul(half, Constant(-32.0 / 17, 29));
        for (int i = 0; i < 3; i++)
        {
            int error = (1 << 29) - Gemmlowp.SaturatingRoundingDoublingHighMul(half, x);
            x += Saturate(4L * Gemmlowp.SaturatingRoundingDoublingHighMul(x, error));
        }

        return x;
    }

    private static int Constant(double real, int fractionBits) => (int)Math.Round(real * Math.Pow(2, fractionBits));

    private static int Saturate(long x) => (int)Math.Clamp(x, int.MinValue, int.MaxValue);
}
