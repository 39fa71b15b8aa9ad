using System.Runtime.CompilerServices;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>
/// gemmlowp's fixed-point primitives (<c>gemmlowp/fixedpoint/fixedpoint.h</c>), and products by what is made of them.
/// </summary>
/// <remarks>Part of the generator too, whose tables have the answers of the reference kernels.</remarks>
internal static class FixedPoint
{
    /// <summary>(a · b + 2^30) >> 31, saturated where both are the least int32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SaturatingRoundingDoublingHighMultiply(int a, int b) =>
        a == int.MinValue && b == int.MinValue ? int.MaxValue : (int)((((long)a * b) + (1L << 30)) >> 31);

    /// <summary>x / 2^exponent, halves away from zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RoundingDivideByPowerOfTwo(int x, int exponent) =>
        exponent == 0 ? x : (int)((x + (1L << (exponent - 1)) - (x < 0 ? 1 : 0)) >> exponent);

    /// <summary>
    /// <c>value · multiplier · 2^(shift − 31)</c>, rounded twice: <c>MultiplyByQuantizedMultiplier</c> of
    /// <c>tensorflow/lite/kernels/internal/common.cc</c> without <c>TFLITE_SINGLE_ROUNDING</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyRoundingTwice(int value, int multiplier, int shift) => RoundingDivideByPowerOfTwo(
        SaturatingRoundingDoublingHighMultiply(unchecked(value << Math.Max(shift, 0)), multiplier),
        Math.Max(-shift, 0));

    /// <summary>The same, rounded once, halves up: with <c>TFLITE_SINGLE_ROUNDING</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyRoundingOnce(int value, int multiplier, int shift) =>
        (int)((((long)value * multiplier) + (1L << (30 - shift))) >> (31 - shift));

    /// <summary>
    /// 1 / (1 + a) for a in [0, 1], Q0.31 in and out: gemmlowp's <c>one_over_one_plus_x_for_x_in_0_1</c>.
    /// </summary>
    public static int OneOverOnePlus(int a) => Saturate((long)HalfReciprocal(a) << 1);

    /// <summary>
    /// 2 / (1 + a) / 2 for a in [0, 1], Q0.31 in and Q2.29 out, by three steps of Newton and Raphson.
    /// </summary>
    public static int HalfReciprocal(int a)
    {
        const int fortyEightSeventeenths = 1515870810; // Q2.29
        const int minusThirtyTwoSeventeenths = -1010580540;
        int halfDenominator = (int)(((long)a + int.MaxValue + 1) / 2);
        int x = fortyEightSeventeenths
            + SaturatingRoundingDoublingHighMultiply(halfDenominator, minusThirtyTwoSeventeenths);
        for (int i = 0; i < 3; i++)
        {
            int product = SaturatingRoundingDoublingHighMultiply(halfDenominator, x);
            x += Saturate((long)SaturatingRoundingDoublingHighMultiply(x, (1 << 29) - product) << 2);
        }

        return x;
    }

    /// <summary>
    /// 1 / √x as multiplier and shift: five steps of Newton on 3 integer bits, from 1 on, for x scaled by a power of
    /// four.
    /// </summary>
    /// <remarks>
    /// <c>GetInvSqrtQuantizedMultiplierExp</c> of <c>tensorflow/lite/kernels/internal/common.h</c>.
    /// </remarks>
    public static (int Multiplier, int Shift) InverseRoot(int x)
    {
        const int oneAndAHalf = (1 << 28) + (1 << 27); // Q3.28
        const int rootOfAHalf = 1518500250; // Q0.31
        if (x <= 1)
        {
            return (int.MaxValue, 0);
        }

        int right = 11;
        for (; x >= 1 << 29; right++)
        {
            x /= 4;
        }

        for (; x < 1 << 27; right--)
        {
            x *= 4;
        }

        int half = RoundingDivideByPowerOfTwo(x >> 1, 1);
        int root = 1 << 28;
        for (int i = 0; i < 5; i++)
        {
            int square = SaturatingRoundingDoublingHighMultiply(root, root); // Q6.25
            int cube = Saturate((long)SaturatingRoundingDoublingHighMultiply(square, root) << 6); // of Q9.22
            root = Saturate(((long)SaturatingRoundingDoublingHighMultiply(oneAndAHalf, root)
                - SaturatingRoundingDoublingHighMultiply(half, cube)) << 3); // of Q6.25
        }

        root = SaturatingRoundingDoublingHighMultiply(root, rootOfAHalf);
        return right < 0 ? (root << -right, 0) : (root, -right);
    }

    /// <summary>The nearest int32.</summary>
    public static int Saturate(long x) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, x));
}
