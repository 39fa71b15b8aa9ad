namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>One rounding, in 128 bits, by the definition: the nearest integer, halves up.</summary>
internal static class SingleRoundingReference
{
    /// <summary>x · m · 2^(shift − 31), as wide as it is.</summary>
    public static Int128 Multiply(int x, int multiplier, int shift)
    {
        Int128 doubled = (Int128)x * multiplier * 2;
        Int128 divisor = (Int128)1 << (32 - shift);
        return FloorDivide(doubled + (divisor >> 1), divisor);
    }

    private static Int128 FloorDivide(Int128 a, Int128 b)
    {
        Int128 quotient = a / b;
        return a % b < 0 ? quotient - 1 : quotient;
    }
}
