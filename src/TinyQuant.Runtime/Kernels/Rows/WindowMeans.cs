using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Rows;

/// <summary>Sums of 2 to 256 codes to their means, halves away from zero.</summary>
/// <remarks>
/// <c>(|Σ| + n/2) / n</c> is <c>(that · reciprocal) &gt;&gt; (16 + shift)</c> in unsigned 16 bits: for every n and
/// every sum of n codes, which a test goes through.
/// </remarks>
internal readonly struct WindowMeans
{
    private readonly ushort _reciprocal;
    private readonly int _shift;
    private readonly int _half;

    /// <param name="count">2 to 256.</param>
    public WindowMeans(int count)
    {
        _shift = BitOperations.Log2((uint)count - 1);
        _reciprocal = (ushort)(((1 << (16 + _shift)) + count - 1) / count);
        _half = count / 2;
    }

    /// <summary>Writes a clamped mean for each sum.</summary>
    public void Run(ReadOnlySpan<short> sums, int min, int max, Span<sbyte> codes)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref short source = ref MemoryMarshal.GetReference(sums);
            Vector128<short> least = Vector128.Create((short)min);
            Vector128<short> greatest = Vector128.Create((short)max);
            for (; i <= codes.Length - 8; i += 8)
            {
                Vector128<short> means = Vector128.Min(
                    Vector128.Max(Mean(Vector128.LoadUnsafe(ref source, (nuint)i)), least), greatest);
                ByteVectors.StoreEight(
                    Vector128.Narrow(means, means), ref Unsafe.Add(ref MemoryMarshal.GetReference(codes), i));
            }
        }

        for (; i < codes.Length; i++)
        {
            int mean = ((Math.Abs((int)sums[i]) + _half) * _reciprocal) >>> (16 + _shift);
            codes[i] = (sbyte)Math.Min(Math.Max(sums[i] < 0 ? -mean : mean, min), max);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<short> Mean(Vector128<short> sums)
    {
        Vector128<short> sign = sums >> 15;
        Vector128<ushort> magnitude = ((sums ^ sign) - sign).AsUInt16() + Vector128.Create((ushort)_half);
        Vector128<short> mean = (High(magnitude, Vector128.Create(_reciprocal)) >>> _shift).AsInt16();
        return (mean ^ sign) - sign;
    }

    /// <summary>The upper 16 bits of each product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> High(Vector128<ushort> a, Vector128<ushort> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyHigh(a, b);
        }

        if (AdvSimd.IsSupported)
        {
            Vector64<ushort> low = AdvSimd.ShiftRightLogicalNarrowingLower(
                AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower()), 16);
            return AdvSimd.ShiftRightLogicalNarrowingUpper(low, AdvSimd.MultiplyWideningUpper(a, b), 16);
        }

        (Vector128<uint> a0, Vector128<uint> a1) = Vector128.Widen(a);
        (Vector128<uint> b0, Vector128<uint> b1) = Vector128.Widen(b);
        return Vector128.Narrow((a0 * b0) >>> 16, (a1 * b1) >>> 16);
    }
}
