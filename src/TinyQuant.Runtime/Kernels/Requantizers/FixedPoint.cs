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

    /// <summary>The nearest int32.</summary>
    public static int Saturate(long x) => (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, x));
}
