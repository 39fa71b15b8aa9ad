using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Movement;

/// <summary>One element, many times.</summary>
internal static class Repeats
{
    /// <summary>Bytes up to which a few stores take less time than a call.</summary>
    private const int Most = 128;

    /// <summary>
    /// Fills rows with an element each; short ones with vectors, the last overlapping the one before.
    /// </summary>
    /// <param name="source">The first row's element.</param>
    /// <param name="step">Elements from there to the next row's.</param>
    /// <param name="run">The length of a row.</param>
    /// <param name="rows">Whole rows. Nothing here looks at the length of the source.</param>
    public static void Fill<T>(ref T source, nint step, int run, Span<T> rows)
        where T : unmanaged
    {
        nint bytes = (nint)run * Unsafe.SizeOf<T>();
        bool isVector = Vector128.IsHardwareAccelerated && (Unsafe.SizeOf<T>() is 1 or 2 or 4 or 8)
            && bytes >= Vector128<byte>.Count && bytes <= Most;
        if (!isVector)
        {
            nint at = 0;
            for (int to = 0; to < rows.Length; to += run, at += step)
            {
                rows.Slice(to, run).Fill(Unsafe.Add(ref source, at));
            }

            return;
        }

        ref byte target = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(rows));
        nint last = bytes - Vector128<byte>.Count, count = rows.Length / run;
        for (nint row = 0; row < count; row++)
        {
            Vector128<byte> vector = All(Unsafe.Add(ref source, row * step));
            ref byte place = ref Unsafe.Add(ref target, row * bytes);
            for (nint i = 0; i < last; i += Vector128<byte>.Count)
            {
                vector.StoreUnsafe(ref place, (nuint)i);
            }

            vector.StoreUnsafe(ref place, (nuint)last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> All<T>(T element)
        where T : unmanaged => Unsafe.SizeOf<T>() switch
        {
            1 => Vector128.Create(Unsafe.BitCast<T, byte>(element)),
            2 => Vector128.Create(Unsafe.BitCast<T, ushort>(element)).AsByte(),
            4 => Vector128.Create(Unsafe.BitCast<T, uint>(element)).AsByte(),
            _ => Vector128.Create(Unsafe.BitCast<T, ulong>(element)).AsByte(),
        };
}
