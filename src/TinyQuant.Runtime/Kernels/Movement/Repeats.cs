using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Movement;

/// <summary>One element, many times.</summary>
internal static class Repeats
{
    /// <summary>Bytes up to which a few stores take less time than a call.</summary>
    private const int Most = 128;

    /// <summary>Fills a row; a short one with vectors, the last of which overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fill<T>(Span<T> row, T element)
        where T : unmanaged
    {
        long bytes = row.Length * (long)Unsafe.SizeOf<T>();
        if (!Vector128.IsHardwareAccelerated || (Unsafe.SizeOf<T>() is not (1 or 2 or 4 or 8)) || bytes > Most
            || bytes < Vector128<byte>.Count)
        {
            row.Fill(element);
            return;
        }

        Vector128<byte> vector = Unsafe.SizeOf<T>() switch
        {
            1 => Vector128.Create(Unsafe.BitCast<T, byte>(element)),
            2 => Vector128.Create(Unsafe.BitCast<T, ushort>(element)).AsByte(),
            4 => Vector128.Create(Unsafe.BitCast<T, uint>(element)).AsByte(),
            _ => Vector128.Create(Unsafe.BitCast<T, ulong>(element)).AsByte(),
        };
        ref byte target = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(row));
        nuint last = (nuint)bytes - (nuint)Vector128<byte>.Count;
        for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
        {
            vector.StoreUnsafe(ref target, i);
        }

        vector.StoreUnsafe(ref target, last);
    }
}
