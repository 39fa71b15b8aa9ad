using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Rows;

/// <summary>Sums of codes, channel by channel, over the places of a window, in 16 bits: 256 codes fit.</summary>
internal static class WindowSums
{
    /// <summary>The most places.</summary>
    public const int MaxPlaces = 256;

    /// <summary>Writes the sums of as many channels as <paramref name="sums"/> has.</summary>
    /// <param name="first">The first code. The caller has checked that all places and channels lie in the
    /// tensor.</param>
    /// <param name="places">1 to 256 places.</param>
    /// <param name="sums">A sum for each channel.</param>
    public static void Run(ref sbyte first, in StridedRectangle places, Span<short> sums)
    {
        StridedRectangle p = places.Rows > 1 && places.RowStride == places.ColumnStride * places.Columns
            ? new(1, 0, places.Rows * places.Columns, (int)places.ColumnStride)
            : places;
        ref short target = ref MemoryMarshal.GetReference(sums);
        int channel = 0;
        if (Avx2.IsSupported)
        {
            for (; channel <= sums.Length - 64; channel += 64)
            {
                SixtyFour(ref Unsafe.Add(ref first, channel), p, ref Unsafe.Add(ref target, channel));
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; channel <= sums.Length - 16; channel += 16)
            {
                Sixteen(ref Unsafe.Add(ref first, channel), p, ref Unsafe.Add(ref target, channel));
            }

            if (channel <= sums.Length - 8)
            {
                Eight(ref Unsafe.Add(ref first, channel), p, ref Unsafe.Add(ref target, channel));
                channel += 8;
            }
        }

        for (; channel < sums.Length; channel++)
        {
            sums[channel] = (short)One(ref Unsafe.Add(ref first, channel), p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SixtyFour(ref sbyte first, in StridedRectangle p, ref short target)
    {
        Vector256<short> a = default, b = default, c = default, d = default;
        for (int row = 0; row < p.Rows; row++, first = ref Unsafe.Add(ref first, p.RowStride))
        {
            ref sbyte at = ref first;
            for (int column = 0; column < p.Columns; column++, at = ref Unsafe.Add(ref at, p.ColumnStride))
            {
                a += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref at));
                b += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref at, 16));
                c += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref at, 32));
                d += Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref at, 48));
            }
        }

        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, 16);
        c.StoreUnsafe(ref target, 32);
        d.StoreUnsafe(ref target, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(ref sbyte first, in StridedRectangle p, ref short target)
    {
        Vector128<short> low = default, high = default;
        for (int row = 0; row < p.Rows; row++, first = ref Unsafe.Add(ref first, p.RowStride))
        {
            ref sbyte at = ref first;
            for (int column = 0; column < p.Columns; column++, at = ref Unsafe.Add(ref at, p.ColumnStride))
            {
                Vector128<sbyte> codes = Vector128.LoadUnsafe(ref at);
                low = AddLower(low, codes);
                high = AdvSimd.IsSupported ? AdvSimd.AddWideningUpper(high, codes) : high + Vector128.WidenUpper(codes);
            }
        }

        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ref sbyte first, in StridedRectangle p, ref short target)
    {
        Vector128<short> sums = default;
        for (int row = 0; row < p.Rows; row++, first = ref Unsafe.Add(ref first, p.RowStride))
        {
            ref sbyte at = ref first;
            for (int column = 0; column < p.Columns; column++, at = ref Unsafe.Add(ref at, p.ColumnStride))
            {
                sums = AddLower(sums, ByteVectors.LoadEight(ref at));
            }
        }

        sums.StoreUnsafe(ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int One(ref sbyte first, in StridedRectangle p)
    {
        int sum = 0;
        for (int row = 0; row < p.Rows; row++, first = ref Unsafe.Add(ref first, p.RowStride))
        {
            ref sbyte at = ref first;
            for (int column = 0; column < p.Columns; column++, at = ref Unsafe.Add(ref at, p.ColumnStride))
            {
                sum += at;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> AddLower(Vector128<short> sums, Vector128<sbyte> codes) =>
        AdvSimd.IsSupported ? AdvSimd.AddWideningLower(sums, codes.GetLower()) : sums + Vector128.WidenLower(codes);
}
