using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Sums as int16 codes, all by one multiplier and shift.</summary>
internal static class FixedPointWords
{
    /// <summary>Writes <c>clamp(round(sum · m · 2^(s − 31)) + zp, −32768, 32767)</c>.</summary>
    /// <param name="sums">Any.</param>
    /// <param name="multiplier">Q0.31, not negative.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="zeroPoint">In [-32768, 32767].</param>
    /// <param name="codes">As many.</param>
    public static void Run<TRounding>(
        ReadOnlySpan<int> sums, int multiplier, int shift, int zeroPoint, Span<short> codes)
        where TRounding : struct, IFixedPointRounding
    {
        int i = FixedPointVectors<TRounding>.Takes(shift)
            ? Vectors<TRounding>(sums, multiplier, shift, zeroPoint, codes)
            : 0;
        for (; i < codes.Length; i++)
        {
            long code = (long)TRounding.Multiply(sums[i], multiplier, shift) + zeroPoint;
            codes[i] = (short)Math.Clamp(code, short.MinValue, short.MaxValue);
        }
    }

    /// <summary>As far as there are whole vectors of sums that are small enough; returns where they end.</summary>
    private static int Vectors<TRounding>(
        ReadOnlySpan<int> sums, int multiplier, int shift, int zeroPoint, Span<short> codes)
        where TRounding : struct, IFixedPointRounding
    {
        FixedPointVectors<TRounding> scaling = new(multiplier, shift);
        ref int source = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i <= codes.Length - 8; i += 8)
            {
                Vector256<int> x = Vector256.LoadUnsafe(ref source, (nuint)i);
                if ((x + Vector256.Create(1 << 30)).ExtractMostSignificantBits() != 0)
                {
                    break;
                }

                WordVectors.Store(scaling.Multiply(x), zeroPoint, short.MinValue, short.MaxValue, codes, i);
            }

            return i;
        }

        for (; i <= codes.Length - 4; i += 4)
        {
            Vector128<int> x = Vector128.LoadUnsafe(ref source, (nuint)i);
            if ((x + Vector128.Create(1 << 30)).ExtractMostSignificantBits() != 0)
            {
                break;
            }

            WordVectors.Store(scaling.Multiply(x), zeroPoint, short.MinValue, short.MaxValue, codes, i);
        }

        return i;
    }
}
