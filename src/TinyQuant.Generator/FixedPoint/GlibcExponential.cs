namespace TinyQuant.Generator;

/// <summary>
/// C's <c>expf</c> as glibc has it since 2.28, to the bit, wherever the compiler runs: the reference's tables are made
/// with it, and for one argument in 1,900 it is not the nearest float32 of the true power.
/// </summary>
/// <remarks>
/// e^x = 2^(k/32) · 2^(r/32) with k the nearest integer of 32·x/ln 2; the first power is one of 32 entries and an
/// exponent, the second one a polynomial of degree 3 in r. <c>sysdeps/ieee754/flt-32/e_expf.c</c> and
/// <c>e_exp2f_data.c</c> of glibc, which are <c>math/expf.c</c> and <c>math/exp2f_data.c</c> of Arm's
/// optimized-routines.
/// </remarks>
internal static class GlibcExponential
{
    private const int Entries = 32;
    private const int ExponentBit = 52;
    private const int IndexBits = 5;
    private const double InverseLn2 = 1.4426950408889634 * Entries;

    /// <summary>Adding it rounds to an integer, halves to even, which the low bits then are.</summary>
    private const double Shift = 6755399441055744; // 1.5 * 2^52

    /// <summary>Below it the answer is 0.</summary>
    private const float Least = -103.972076f;

    // The polynomial of 2^(r/32): the published coefficients over 32, 32^2 and 32^3.
    private static readonly double s_cubic =
        BitConverter.Int64BitsToDouble(0x3fac6af84b912394) / Entries / Entries / Entries;

    private static readonly double s_square = BitConverter.Int64BitsToDouble(0x3fcebfce50fac4f3) / Entries / Entries;
    private static readonly double s_linear = BitConverter.Int64BitsToDouble(0x3fe62e42ff0c52d6) / Entries;

    /// <summary>The bits of 2^(i/32), less i in the place where k adds it to the exponent.</summary>
    private static readonly ulong[] s_powers =
    [
        0x3ff0000000000000, 0x3fefd9b0d3158574, 0x3fefb5586cf9890f, 0x3fef9301d0125b51,
        0x3fef72b83c7d517b, 0x3fef54873168b9aa, 0x3fef387a6e756238, 0x3fef1e9df51fdee1,
        0x3fef06fe0a31b715, 0x3feef1a7373aa9cb, 0x3feedea64c123422, 0x3feece086061892d,
        0x3feebfdad5362a27, 0x3feeb42b569d4f82, 0x3feeab07dd485429, 0x3feea47eb03a5585,
        0x3feea09e667f3bcd, 0x3fee9f75e8ec5f74, 0x3feea11473eb0187, 0x3feea589994cce13,
        0x3feeace5422aa0db, 0x3feeb737b0cdc5e5, 0x3feec49182a3f090, 0x3feed503b23e255d,
        0x3feee89f995ad3ad, 0x3feeff76f2fb5e47, 0x3fef199bdd85529c, 0x3fef3720dcef9069,
        0x3fef5818dcfba487, 0x3fef7c97337b9b5f, 0x3fefa4afa2a490da, 0x3fefd0765b6e4540,
    ];

    /// <param name="x">Not above 0.</param>
    public static float Of(float x)
    {
        if (x < Least)
        {
            return 0;
        }

        double steps = InverseLn2 * x;
        double shifted = steps + Shift;
        ulong k = (ulong)BitConverter.DoubleToInt64Bits(shifted);
        double r = steps - (shifted - Shift);
        ulong power = unchecked(s_powers[k % Entries] + (k << (ExponentBit - IndexBits)));
        double r2 = r * r;
        double polynomial = (((s_cubic * r) + s_square) * r2) + ((s_linear * r) + 1);
        return (float)(polynomial * BitConverter.Int64BitsToDouble((long)power));
    }
}
