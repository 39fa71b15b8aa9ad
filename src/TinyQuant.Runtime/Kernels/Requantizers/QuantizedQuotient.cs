namespace TinyQuant.Kernels.Requantizers;

/// <summary>A quotient of two integers of at most nine bits, times a real factor, in fixed point.</summary>
/// <remarks>
/// <c>DivElementwise</c> of <c>tensorflow/lite/kernels/internal/reference/div.h</c>, with <c>GetReciprocal</c> of
/// <c>kernels/internal/common.h</c>. Part of the generator too.
/// </remarks>
internal static class QuantizedQuotient
{
    private const int MaxShift = 31;

    /// <summary>1 / (1 + f) in Q0.31 of a divisor of (1 + f) · 2^n.</summary>
    /// <param name="divisor">From 1 on.</param>
    public static int Reciprocal(int divisor) => FixedPoint.OneOverOnePlus(
        unchecked((int)(((long)divisor << (31 - Log2(divisor))) - (1L << 31))));

    /// <summary>dividend / divisor · factor, rounded; of 0 / 0 it is 0.</summary>
    /// <param name="dividend">Any, with the sign of the quotient.</param>
    /// <param name="divisor">Not negative.</param>
    /// <param name="reciprocal">What <see cref="Reciprocal"/> says of the divisor.</param>
    /// <param name="multiplier">Of the factor, Q0.31.</param>
    /// <param name="shift">Of the factor; at most 23.</param>
    public static int Of(int dividend, int divisor, int reciprocal, int multiplier, int shift)
    {
        int significant = dividend < 0 ? ~dividend : dividend;
        int headroom = significant == 0 ? 31 : 30 - Log2(significant);
        int exponent = headroom + (divisor == 0 ? 0 : Log2(divisor)) - shift;
        if (dividend == 0 || exponent > MaxShift)
        {
            return 0; // the reference shifts by more bits than there are; what it means is nothing
        }

        int quotient = FixedPoint.SaturatingRoundingDoublingHighMultiply(
            unchecked(dividend << headroom), reciprocal);
        return FixedPoint.RoundingDivideByPowerOfTwo(
            FixedPoint.SaturatingRoundingDoublingHighMultiply(quotient, multiplier), Math.Max(exponent, 0));
    }

    /// <summary>The exponent of a double, which is there everywhere.</summary>
    private static int Log2(int x) => (int)(BitConverter.DoubleToInt64Bits(x) >> 52) - 1023;
}
