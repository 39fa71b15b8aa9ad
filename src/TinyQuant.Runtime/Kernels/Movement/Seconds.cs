using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Movement;

/// <summary>Every second element, taken or put: two vectors become one by narrowing, one becomes two.</summary>
internal static class Seconds
{
    /// <summary>Takes elements 0, 2, 4 and so on.</summary>
    /// <param name="source">The first of them.</param>
    /// <param name="there">Elements that may be read from there on; at least as many as it takes to the last.</param>
    /// <param name="target">Apart from the source.</param>
    /// <param name="count">How many are taken.</param>
    public static void Take<T>(ref T source, int there, ref T target, int count)
        where T : unmanaged
    {
        int lanes = Vector128<byte>.Count / Unsafe.SizeOf<T>();
        int i = 0;
        if (Vector128.IsHardwareAccelerated && (Unsafe.SizeOf<T>() is 1 or 2 or 4))
        {
            // The last vector may end with an element behind the last that is taken.
            int most = Math.Min(count, there / 2) - lanes;
            for (; i <= most; i += lanes)
            {
                ref byte from = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref source, 2 * i));
                Vector128<byte> first = Vector128.LoadUnsafe(ref from);
                Vector128<byte> second = Vector128.LoadUnsafe(ref from, (nuint)Vector128<byte>.Count);
                Vector128<byte> taken = Unsafe.SizeOf<T>() switch
                {
                    1 => Vector128.Narrow(first.AsUInt16(), second.AsUInt16()),
                    2 => Vector128.Narrow(first.AsUInt32(), second.AsUInt32()).AsByte(),
                    _ => Vector128.Narrow(first.AsUInt64(), second.AsUInt64()).AsByte(),
                };
                taken.StoreUnsafe(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, i)));
            }
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, 2 * i);
        }
    }

    /// <summary>Puts elements to 0, 2, 4 and so on, or to 1, 3, 5; the others stay.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="target">Twice as many; apart from the source.</param>
    /// <param name="isOdd">Whether the first goes to 1.</param>
    /// <param name="count">How many there are.</param>
    public static void Put<T>(ref T source, ref T target, bool isOdd, int count)
        where T : unmanaged
    {
        int lanes = Vector128<byte>.Count / Unsafe.SizeOf<T>();
        int i = 0;
        if (Vector128.IsHardwareAccelerated && (Unsafe.SizeOf<T>() is 1 or 2 or 4))
        {
            for (; i <= count - lanes; i += lanes)
            {
                Vector128<byte> put = Vector128.LoadUnsafe(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref source, i)));
                ref byte to = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, 2 * i));
                (Vector128<byte> first, Vector128<byte> second, Vector128<byte> places) = Spread<T>(put, isOdd);
                Vector128.ConditionalSelect(places, first, Vector128.LoadUnsafe(ref to)).StoreUnsafe(ref to);
                to = ref Unsafe.Add(ref to, Vector128<byte>.Count);
                Vector128.ConditionalSelect(places, second, Vector128.LoadUnsafe(ref to)).StoreUnsafe(ref to);
            }
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref target, (2 * i) + (isOdd ? 1 : 0)) = Unsafe.Add(ref source, i);
        }
    }

    /// <summary>The elements at every second place of two vectors, and which places these are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<byte> First, Vector128<byte> Second, Vector128<byte> Places) Spread<T>(
        Vector128<byte> put, bool isOdd)
        where T : unmanaged
    {
        int shift = isOdd ? 8 * Unsafe.SizeOf<T>() : 0;
        if (Unsafe.SizeOf<T>() == 1)
        {
            return ((Vector128.WidenLower(put) << shift).AsByte(), (Vector128.WidenUpper(put) << shift).AsByte(),
                (Vector128.Create((ushort)0xFF) << shift).AsByte());
        }

        if (Unsafe.SizeOf<T>() == 2)
        {
            return ((Vector128.WidenLower(put.AsUInt16()) << shift).AsByte(),
                (Vector128.WidenUpper(put.AsUInt16()) << shift).AsByte(),
                (Vector128.Create(0xFFFFu) << shift).AsByte());
        }

        return ((Vector128.WidenLower(put.AsUInt32()) << shift).AsByte(),
            (Vector128.WidenUpper(put.AsUInt32()) << shift).AsByte(),
            (Vector128.Create(0xFFFF_FFFFul) << shift).AsByte());
    }
}
