using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels;

public readonly partial struct RequantDouble
{
    /// <summary>Sixteen channels at a time; returns how many it wrote, fewer where its form would not be exact.</summary>
    internal static int RunAvx2(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
    {
        ref int source = ref MemoryMarshal.GetReference(accumulators);
        ref int multipliers = ref MemoryMarshal.GetReference(r.Multipliers);
        ref int shifts = ref MemoryMarshal.GetReference(r.Shifts);
        ref sbyte target = ref MemoryMarshal.GetReference(output);
        Vector256<short> zeroPoint = Vector256.Create((short)r.ZeroPoint);
        Vector128<sbyte> min = Vector128.Create((sbyte)r.Min);
        Vector128<sbyte> max = Vector128.Create((sbyte)r.Max);
        bool perTensor = r.IsPerTensor;
        Vector256<int> m0 = Vector256.Create(multipliers), m1 = m0;
        Vector256<int> s0 = Vector256.Create(shifts), s1 = s0;

        int i = 0;
        for (; i <= accumulators.Length - 16; i += 16)
        {
            if (!perTensor)
            {
                m0 = Vector256.LoadUnsafe(ref multipliers, (nuint)(firstChannel + i));
                m1 = Vector256.LoadUnsafe(ref multipliers, (nuint)(firstChannel + i + 8));
                s0 = Vector256.LoadUnsafe(ref shifts, (nuint)(firstChannel + i));
                s1 = Vector256.LoadUnsafe(ref shifts, (nuint)(firstChannel + i + 8));
            }

            Vector256<int> x0 = Vector256.LoadUnsafe(ref source, (nuint)i);
            Vector256<int> x1 = Vector256.LoadUnsafe(ref source, (nuint)(i + 8));
            if (!IsExact(x0, s0) || !IsExact(x1, s1))
            {
                break;
            }

            // Packing works within 128-bit halves; the permutation puts channels back in order.
            Vector256<short> words = Avx2.PackSignedSaturate(Multiply(x0, m0, -s0), Multiply(x1, m1, -s1));
            words = Avx2.Permute4x64(words.AsInt64(), 0b11_01_10_00).AsInt16();
            words = Avx2.AddSaturate(words, zeroPoint);
            Vector128<sbyte> codes = Sse2.PackSignedSaturate(words.GetLower(), words.GetUpper());
            Vector128.Min(Vector128.Max(codes, min), max).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    // Right shifts of 1 to 31 only (no shift has neither nudge nor sign fix), and |x| < 2^30, or the nudge could wrap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsExact(Vector256<int> x, Vector256<int> shift)
    {
        Vector256<int> outside = (x + Vector256.Create(1 << 30)) | ~shift | (shift + Vector256.Create(31));
        return Avx.MoveMask(outside.AsSingle()) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> x, Vector256<int> multiplier, Vector256<int> right)
    {
        Vector256<long> nudge = Vector256.Create(1L << 30);
        Vector256<long> even = Avx2.Multiply(x, multiplier) + nudge;
        Vector256<long> odd = Avx2.Multiply(
            Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(),
            Avx2.ShiftRightLogical(multiplier.AsInt64(), 32).AsInt32()) + nudge;

        // Bits 31 to 62 of each product: even ones move down into the low dword, odd ones up by one into the high.
        Vector256<int> high = Avx2.Blend(
            Avx2.ShiftRightLogical(even, 31).AsInt32(), (odd + odd).AsInt32(), 0b10101010);
        Vector256<int> half = Avx2.ShiftLeftLogicalVariable(Vector256<int>.One, (right - Vector256<int>.One).AsUInt32());
        return Avx2.ShiftRightArithmeticVariable(high + Avx2.ShiftRightArithmetic(high, 31) + half, right.AsUInt32());
    }
}
