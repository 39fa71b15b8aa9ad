using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace TinyQuant.Kernels;

public readonly partial struct RequantDouble
{
    /// <summary>Eight channels at a time; returns how many it wrote, fewer where its form would not be exact.</summary>
    internal static int RunAdvSimd(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ref int multipliers = ref MemoryMarshal.GetReference(r.Multipliers);
        ref int shifts = ref MemoryMarshal.GetReference(r.Shifts);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        Vector128<short> zeroPoint = Vector128.Create((short)r.ZeroPoint);
        Vector64<sbyte> min = Vector64.Create((sbyte)r.Min);
        Vector64<sbyte> max = Vector64.Create((sbyte)r.Max);
        bool perTensor = r.IsPerTensor;
        Vector128<int> m0 = Vector128.Create(multipliers), m1 = m0;
        Vector128<int> s0 = Vector128.Create(shifts), s1 = s0;

        int i = 0;
        for (; i <= accumulators.Length - 8; i += 8)
        {
            if (!perTensor)
            {
                m0 = Vector128.LoadUnsafe(ref multipliers, (nuint)(firstChannel + i));
                m1 = Vector128.LoadUnsafe(ref multipliers, (nuint)(firstChannel + i + 4));
                s0 = Vector128.LoadUnsafe(ref shifts, (nuint)(firstChannel + i));
                s1 = Vector128.LoadUnsafe(ref shifts, (nuint)(firstChannel + i + 4));
            }

            // A left shift belongs before the product, where it wraps; the scalar form does that.
            if (Vector128.GreaterThanAny(Vector128.Max(s0, s1), Vector128<int>.Zero))
            {
                break;
            }

            Vector64<short> low = AdvSimd.ExtractNarrowingSaturateLower(
                Multiply(Vector128.LoadUnsafe(ref source, (nuint)i), m0, s0));
            Vector128<short> words = AdvSimd.ExtractNarrowingSaturateUpper(
                low, Multiply(Vector128.LoadUnsafe(ref source, (nuint)(i + 4)), m1, s1));
            Vector64<sbyte> codes = AdvSimd.ExtractNarrowingSaturateLower(AdvSimd.AddSaturate(words, zeroPoint));
            Vector64.Min(Vector64.Max(codes, min), max).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    // SQRDMULH is the first rounding to the bit. SRSHL rounds half up, so negative values are lowered by one first,
    // except where there is no shift: then the AND is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Multiply(Vector128<int> x, Vector128<int> multiplier, Vector128<int> shift)
    {
        Vector128<int> high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, multiplier);
        Vector128<int> signFix = AdvSimd.ShiftRightArithmetic(high & shift, 31);
        return AdvSimd.ShiftArithmeticRounded(AdvSimd.AddSaturate(high, signFix), shift);
    }
}
