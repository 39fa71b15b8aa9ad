using System.Numerics;
using static TinyQuant.Kernels.Requantizers.FixedPoint;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>The natural logarithm in fixed point.</summary>
/// <remarks>
/// <c>log_x_for_x_greater_than_or_equal_to_1_impl</c> of <c>tensorflow/lite/kernels/internal/common.h</c>, with its
/// constants: a power of two, times what is between the fourth roots of a half and of 2, of which it takes a quotient
/// of polynomials.
/// </remarks>
internal static class FixedPointLogarithm
{
    private const int InputIntegerBits = 12;
    private const int AccumulatorFractionBits = 25; // Q6.25
    private const int Log2 = 1488522236;
    private const int SquareRootOfHalf = 1518500250;
    private const int FourthRootOfHalf = 1805811301;
    private const int AlphaN = 117049297;
    private const int AlphaD = 127690142;
    private const int AlphaI = 1057819769;
    private const int AlphaF = 638450708;

    /// <summary>ln x in Q5.26.</summary>
    /// <param name="x">Q12.19, 1 or more.</param>
    public static int Of(int x)
    {
        (int remainder, int power) = Split(x);
        int p = HalfSum(remainder, FourthRootOfHalf);
        int q = unchecked(2 * (remainder - FourthRootOfHalf));
        int square = Product(q, q);
        int numerator = unchecked(Product(q, remainder) + Product(Product(q, square), AlphaN));
        int denominator = unchecked(
            Product(p, AlphaI + q + Product(AlphaD, square)) + Product(AlphaF, q));
        int fraction = Product(RoundingDivideByPowerOfTwo(numerator, 6), OneOverOnePlus(denominator));
        return Saturate((long)unchecked(Product(power, Log2) + fraction) << 1);
    }

    /// <summary>
    /// x as 2^(power ∓ 1/4) times what is around 1, in the one of two ways in which it is closer; Q0.31 and Q6.25.
    /// </summary>
    private static (int Remainder, int Power) Split(int x)
    {
        const int quarter = 1 << (AccumulatorFractionBits - 2);
        int headroomA = BitOperations.LeadingZeroCount((uint)x); // of a sign bit more
        int a = Shift(Product(Shift(x, headroomA - 1), SquareRootOfHalf), 1);
        int powerA = Saturate((long)Shift(InputIntegerBits - headroomA, AccumulatorFractionBits) + quarter);
        int headroomB = BitOperations.LeadingZeroCount((uint)Product(x, SquareRootOfHalf)) - 1;
        int b = Shift(x, headroomB);
        int powerB = Saturate((long)Shift(InputIntegerBits - headroomB, AccumulatorFractionBits) - quarter);
        return (Math.Min(a, b), Math.Max(powerA, powerB));
    }

    private static int Shift(int x, int bits) => Saturate((long)x << bits);

    private static int Product(int a, int b) => SaturatingRoundingDoublingHighMultiply(a, b);

    /// <summary>Half of the sum, halves away from zero.</summary>
    private static int HalfSum(int a, int b)
    {
        long sum = (long)a + b;
        return (int)((sum + (sum >= 0 ? 1 : -1)) / 2);
    }
}
