using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Sums of consecutive channels as codes, each with a multiplier and a shift, or one pair for all.</summary>
internal static class FixedPointCodes
{
    /// <inheritdoc cref="IRequantizer.Run(ReadOnlySpan{int}, in Requantization, int, Span{sbyte})"/>
    public static void Run<TRounding>(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        r.CheckFixedPoint(accumulators.Length, firstChannel, output.Length);
        int done = Avx2.IsSupported ? RunAvx2<TRounding>(accumulators, r, firstChannel, output)
            : AdvSimd.Arm64.IsSupported ? RunAdvSimd<TRounding>(accumulators, r, firstChannel, output) : 0;
        RunScalar<TRounding>(accumulators[done..], r, firstChannel + done, output[done..]);
    }

    /// <summary>The reference, exact for every accumulator, multiplier and shift.</summary>
    public static void RunScalar<TRounding>(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        ref int multipliers = ref MemoryMarshal.GetReference(r.Multipliers);
        ref int shifts = ref MemoryMarshal.GetReference(r.Shifts);
        int step = r.IsPerTensor ? 0 : 1;
        for (int i = 0; i < accumulators.Length; i++)
        {
            int channel = (firstChannel + i) * step;
            int scaled = TRounding.Multiply(
                accumulators[i], Unsafe.Add(ref multipliers, channel), Unsafe.Add(ref shifts, channel));
            output[i] = (sbyte)Math.Clamp((long)scaled + r.ZeroPoint, r.Min, r.Max);
        }
    }

    /// <summary>Sixteen channels at a time; returns how many it wrote: fewer where it would not be exact.</summary>
    public static int RunAvx2<TRounding>(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
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
            if (!TRounding.IsExact(x0, s0) || !TRounding.IsExact(x1, s1))
            {
                break;
            }

            RequantVectors.Narrow(TRounding.Multiply(x0, m0, s0), TRounding.Multiply(x1, m1, s1), zeroPoint, min, max)
                .StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary>Eight channels at a time; returns how many it wrote: fewer where it would not be exact.</summary>
    public static int RunAdvSimd<TRounding>(
        ReadOnlySpan<int> accumulators, in Requantization r, int firstChannel, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
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

            if (!TRounding.IsExact(Vector128.Max(s0, s1)))
            {
                break;
            }

            Vector128<int> x0 = TRounding.Multiply(Vector128.LoadUnsafe(ref source, (nuint)i), m0, s0);
            Vector128<int> x1 = TRounding.Multiply(Vector128.LoadUnsafe(ref source, (nuint)(i + 4)), m1, s1);
            RequantVectors.Narrow(x0, x1, zeroPoint, min, max).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }
}
