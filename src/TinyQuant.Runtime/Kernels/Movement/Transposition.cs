using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Kernels.Movement;

/// <summary>Rows of a matrix to columns, in blocks that are turned in registers.</summary>
internal static class Transposition
{
    /// <summary>Rows and columns of a block of one or two bytes an element.</summary>
    private const int Eight = 8;

    /// <summary>Rows and columns of a block of four bytes an element.</summary>
    private const int Four = 4;

    /// <summary><c>target[i · targetStride + j] = source[i + j · stride]</c>.</summary>
    /// <param name="source">Element [0, 0].</param>
    /// <param name="stride">From one column to the next in the source; it may be negative.</param>
    /// <param name="target">Apart from the source.</param>
    /// <param name="targetStride">From one row to the next in the target.</param>
    /// <param name="rows">Of the target; neighbours in the source.</param>
    /// <param name="columns">Of the target.</param>
    public static void Run<T>(ref T source, nint stride, ref T target, nint targetStride, int rows, int columns)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        int block = size <= 2 ? Eight : Four;
        if (!(Sse2.IsSupported || AdvSimd.Arm64.IsSupported) || size is not (1 or 2 or 4)
            || Math.Min(rows, columns) < block)
        {
            Singly(ref source, stride, ref target, targetStride, rows, columns);
            return;
        }

        // The last block of a row or column overlaps the one before.
        for (int i = 0; ; i = Math.Min(i + block, rows - block))
        {
            for (int j = 0; ; j = Math.Min(j + block, columns - block))
            {
                ref byte from = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref source, i + (j * stride)));
                ref byte to = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, (i * targetStride) + j));
                if (size == 1)
                {
                    Bytes(ref from, stride, ref to, targetStride);
                }
                else if (size == 2)
                {
                    Words(ref from, stride * size, ref to, targetStride * size);
                }
                else
                {
                    Doublewords(ref from, stride * size, ref to, targetStride * size);
                }

                if (j == columns - block)
                {
                    break;
                }
            }

            if (i == rows - block)
            {
                break;
            }
        }
    }

    private static void Singly<T>(
        ref T source, nint stride, ref T target, nint targetStride, int rows, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            ref T row = ref Unsafe.Add(ref target, i * targetStride);
            nint from = i;
            for (int j = 0; j < columns; j++, from += stride)
            {
                Unsafe.Add(ref row, j) = Unsafe.Add(ref source, from);
            }
        }
    }

    /// <summary>8 × 8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bytes(ref byte from, nint stride, ref byte to, nint step)
    {
        Vector128<byte> a = Low(Load(ref from, 0), Load(ref from, stride));
        Vector128<byte> b = Low(Load(ref from, 2 * stride), Load(ref from, 3 * stride));
        Vector128<byte> c = Low(Load(ref from, 4 * stride), Load(ref from, 5 * stride));
        Vector128<byte> d = Low(Load(ref from, 6 * stride), Load(ref from, 7 * stride));
        Vector128<ushort> ab = Low(a.AsUInt16(), b.AsUInt16()), abHigh = High(a.AsUInt16(), b.AsUInt16());
        Vector128<ushort> cd = Low(c.AsUInt16(), d.AsUInt16()), cdHigh = High(c.AsUInt16(), d.AsUInt16());
        Store(Low(ab.AsUInt32(), cd.AsUInt32()), ref to, step);
        to = ref Unsafe.Add(ref to, 2 * step);
        Store(High(ab.AsUInt32(), cd.AsUInt32()), ref to, step);
        to = ref Unsafe.Add(ref to, 2 * step);
        Store(Low(abHigh.AsUInt32(), cdHigh.AsUInt32()), ref to, step);
        to = ref Unsafe.Add(ref to, 2 * step);
        Store(High(abHigh.AsUInt32(), cdHigh.AsUInt32()), ref to, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(ref byte from, nint at) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, at))).AsByte();

    /// <summary>Two rows of eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<uint> rows, ref byte to, nint step)
    {
        Unsafe.WriteUnaligned(ref to, rows.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, step), rows.AsUInt64().GetElement(1));
    }

    /// <summary>8 × 8 elements of two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Words(ref byte from, nint stride, ref byte to, nint step)
    {
        FourWords(ref from, stride, out Vector128<uint> a, out Vector128<uint> b, out Vector128<uint> c,
            out Vector128<uint> d);
        FourWords(ref Unsafe.Add(ref from, 4 * stride), stride, out Vector128<uint> e, out Vector128<uint> f,
            out Vector128<uint> g, out Vector128<uint> h);
        StorePair(a, e, ref to, step);
        StorePair(b, f, ref Unsafe.Add(ref to, 2 * step), step);
        StorePair(c, g, ref Unsafe.Add(ref to, 4 * step), step);
        StorePair(d, h, ref Unsafe.Add(ref to, 6 * step), step);
    }

    /// <summary>Four columns: for each two rows, their elements of these columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourWords(
        ref byte from, nint stride, out Vector128<uint> rows01, out Vector128<uint> rows23, out Vector128<uint> rows45,
        out Vector128<uint> rows67)
    {
        Vector128<ushort> a = LoadAll(ref from, 0).AsUInt16(), b = LoadAll(ref from, stride).AsUInt16();
        Vector128<ushort> c = LoadAll(ref from, 2 * stride).AsUInt16(), d = LoadAll(ref from, 3 * stride).AsUInt16();
        Vector128<uint> ab = Low(a, b).AsUInt32(), abHigh = High(a, b).AsUInt32();
        Vector128<uint> cd = Low(c, d).AsUInt32(), cdHigh = High(c, d).AsUInt32();
        (rows01, rows23) = (Low(ab, cd), High(ab, cd));
        (rows45, rows67) = (Low(abHigh, cdHigh), High(abHigh, cdHigh));
    }

    /// <summary>4 × 4 elements of four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Doublewords(ref byte from, nint stride, ref byte to, nint step)
    {
        Vector128<uint> a = LoadAll(ref from, 0).AsUInt32(), b = LoadAll(ref from, stride).AsUInt32();
        Vector128<uint> c = LoadAll(ref from, 2 * stride).AsUInt32(), d = LoadAll(ref from, 3 * stride).AsUInt32();
        StorePair(Low(a, b), Low(c, d), ref to, step);
        StorePair(High(a, b), High(c, d), ref Unsafe.Add(ref to, 2 * step), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LoadAll(ref byte from, nint at) =>
        Vector128.LoadUnsafe(ref Unsafe.Add(ref from, at));

    /// <summary>Two rows, whose first halves are in one vector and whose second ones in another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(Vector128<uint> first, Vector128<uint> second, ref byte to, nint step)
    {
        Vector128<ulong> low = first.AsUInt64(), high = second.AsUInt64();
        if (Sse2.IsSupported)
        {
            Sse2.UnpackLow(low, high).AsByte().StoreUnsafe(ref to);
            Sse2.UnpackHigh(low, high).AsByte().StoreUnsafe(ref Unsafe.Add(ref to, step));
        }
        else
        {
            AdvSimd.Arm64.ZipLow(low, high).AsByte().StoreUnsafe(ref to);
            AdvSimd.Arm64.ZipHigh(low, high).AsByte().StoreUnsafe(ref Unsafe.Add(ref to, step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Low(Vector128<ushort> a, Vector128<ushort> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> High(Vector128<ushort> a, Vector128<ushort> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Low(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> High(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
