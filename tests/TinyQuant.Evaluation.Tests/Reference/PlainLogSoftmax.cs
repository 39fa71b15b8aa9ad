using System.Numerics;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// kernels/internal/reference/log_softmax.h with micro/kernels/log_softmax.cc and the logarithm of
/// kernels/internal/common.h, whose constants are real numbers there, in comments.
/// </summary>
internal static class PlainLogSoftmax
{
    private const int IntegerBits = 5;
    private const int SumIntegerBits = 12;
    private const int AccumulatorIntegerBits = 6;

    /// <summary>The codes of one row.</summary>
    public static double[] Codes(double[] row, float scale, Rounding rounding)
    {
        double cap = rounding == Rounding.Single ? (1L << 30) - 1 : (1L << 31) - 1;
        double factor = Math.Min((double)scale * (1 << 26), cap);
        (int multiplier, int shift) = Gemmlowp.QuantizeMultiplier(factor);
        double least = -Math.Floor(31.0 * (1 << 26) / Math.Pow(2, shift));
        double max = row.Max();
        int sum = 0;
        foreach (double x in row.Where(x => x - max >= least))
        {
            sum += Gemmlowp.RoundingDivideByPot(
                FixedPointFunctions.Exp(FixedPoint.Multiply((int)(x - max), factor, rounding), IntegerBits),
                SumIntegerBits);
        }

        int logarithm = Logarithm(sum);
        double reverse = Math.Pow(2, 31 - shift) / multiplier;
        double end = Math.Max(
            least - 1, FixedPoint.Multiply((int)(logarithm - (1L << 31)), reverse, rounding));
        return [.. row.Select(x => x - max > end
            ? FixedPoint.Clamp(Gemmlowp.RoundingDivideByPot(
                FixedPoint.Multiply((int)(x - max), factor, rounding) - logarithm, 31 - IntegerBits - 4) + 127)
            : -128)];
    }

    /// <summary>The function itself.</summary>
    public static double[] Reals(double[] row)
    {
        double max = row.Max();
        double logarithm = Math.Log(row.Sum(x => Math.Exp(x - max)));
        return [.. row.Select(x => x - max - logarithm)];
    }

    /// <summary>log_x_for_x_greater_than_or_equal_to_1_impl: Q12.19 to Q5.26.</summary>
    private static int Logarithm(int x)
    {
        int sqrtHalf = Constant(Math.Sqrt(0.5));
        int fourthRoot = Constant(Math.Sqrt(Math.Sqrt(0.5)));
        int quarter = 1 << (31 - AccumulatorIntegerBits - 2);
        int zerosA = BitOperations.LeadingZeroCount((uint)x);
        int a = Times(Multiply(Times(x, zerosA - 1), sqrtHalf), 1);
        int exponentA = Times(SumIntegerBits - zerosA, 31 - AccumulatorIntegerBits) + quarter;
        int zerosB = BitOperations.LeadingZeroCount((uint)Multiply(x, sqrtHalf)) - 1;
        int b = Times(x, zerosB);
        int exponentB = Times(SumIntegerBits - zerosB, 31 - AccumulatorIntegerBits) - quarter;
        (int r, int exponent) = (Math.Min(a, b), Math.Max(exponentA, exponentB));
        int p = (int)(((long)r + fourthRoot + 1) / 2);
        int q = (r - fourthRoot) * 2;
        int square = Multiply(q, q);
        int numerator = Multiply(q, r) + Multiply(Multiply(q, square), 117049297);
        int denominator = Multiply(p, 1057819769 + q + Multiply(127690142, square)) + Multiply(638450708, q);
        int fraction = Multiply(
            Gemmlowp.RoundingDivideByPot(numerator, AccumulatorIntegerBits),
            FixedPointFunctions.OneOverOnePlus(denominator));
        return Times(Multiply(exponent, Constant(Math.Log(2))) + fraction, 1);
    }

    private static int Times(int x, int bits) => (int)Math.Clamp((long)x << bits, int.MinValue, int.MaxValue);

    private static int Multiply(int a, int b) => Gemmlowp.SaturatingRoundingDoublingHighMul(a, b);

    private static int Constant(double real) => (int)Math.Round(real * (1L << 31));
}
