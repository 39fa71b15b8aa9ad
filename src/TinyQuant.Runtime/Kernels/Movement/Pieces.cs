using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels.Movement;

/// <summary>Copies pieces of as many bytes each, which lie in equal steps: a call for each would take longer.</summary>
/// <remarks>
/// What is between two units long is copied as the first and the last one, which overlap. Nothing here looks at
/// lengths.
/// </remarks>
internal static class Pieces
{
    /// <summary>Copies pieces of elements; all numbers are elements.</summary>
    /// <param name="source">The tensor that is read.</param>
    /// <param name="from">Where the first piece is in it.</param>
    /// <param name="sourceStep">From one to the next; it may be negative, or 0.</param>
    /// <param name="target">The tensor that is written; apart from the other.</param>
    /// <param name="to">Where the first piece goes.</param>
    /// <param name="targetStep">From there to where the next one goes.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="length">The length of each.</param>
    public static void Copy<T>(
        ref T source, nint from, nint sourceStep, ref T target, nint to, nint targetStep, int count, int length)
        where T : unmanaged
    {
        nint size = Unsafe.SizeOf<T>();
        if (count == 0)
        {
            return;
        }

        if ((long)length * size > int.MaxValue)
        {
            Large(ref source, from, sourceStep, ref target, to, targetStep, count, length);
            return;
        }

        Copy(
            ref Unsafe.As<T, byte>(ref Unsafe.Add(ref source, from)), sourceStep * size,
            ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, to)), targetStep * size, count, (int)(length * size));
    }

    /// <summary>Copies some pieces.</summary>
    /// <param name="source">The first piece.</param>
    /// <param name="sourceStep">Bytes from one to the next; they may be negative, or 0.</param>
    /// <param name="target">Where it goes; apart from all of the source.</param>
    /// <param name="targetStep">Bytes from there to where the next one goes.</param>
    /// <param name="count">How many.</param>
    /// <param name="bytes">The length of each.</param>
    public static void Copy(
        ref byte source, nint sourceStep, ref byte target, nint targetStep, int count, int bytes)
    {
        switch (bytes)
        {
            case 1:
                Whole<byte>(ref source, sourceStep, ref target, targetStep, count);
                return;
            case 2:
                Whole<ushort>(ref source, sourceStep, ref target, targetStep, count);
                return;
            case 3:
                Ends<ushort>(ref source, sourceStep, ref target, targetStep, count, bytes);
                return;
            case 4:
                Whole<uint>(ref source, sourceStep, ref target, targetStep, count);
                return;
            case < 8:
                Ends<uint>(ref source, sourceStep, ref target, targetStep, count, bytes);
                return;
            case 8:
                Whole<ulong>(ref source, sourceStep, ref target, targetStep, count);
                return;
            case < 16:
                Ends<ulong>(ref source, sourceStep, ref target, targetStep, count, bytes);
                return;
            case 16:
                Whole<Vector128<byte>>(ref source, sourceStep, ref target, targetStep, count);
                return;
            case <= 32:
                Ends<Vector128<byte>>(ref source, sourceStep, ref target, targetStep, count, bytes);
                return;
            case <= 64:
                Ends<Vector256<byte>>(ref source, sourceStep, ref target, targetStep, count, bytes);
                return;
        }

        for (nint i = 0; i < count; i++)
        {
            Unsafe.CopyBlockUnaligned(
                ref Unsafe.Add(ref target, i * targetStep), ref Unsafe.Add(ref source, i * sourceStep), (uint)bytes);
        }
    }

    private static void Large<T>(
        ref T source, nint from, nint sourceStep, ref T target, nint to, nint targetStep, int count, int length)
    {
        for (nint i = 0; i < count; i++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, from + (i * sourceStep)), length)
                .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, to + (i * targetStep)), length));
        }
    }

    private static void Whole<TUnit>(
        ref byte source, nint sourceStep, ref byte target, nint targetStep, int count)
    {
        for (nint from = 0, to = 0; count > 0; count--, from += sourceStep, to += targetStep)
        {
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref target, to), Unsafe.ReadUnaligned<TUnit>(ref Unsafe.Add(ref source, from)));
        }
    }

    private static void Ends<TUnit>(
        ref byte source, nint sourceStep, ref byte target, nint targetStep, int count, int bytes)
    {
        nint last = bytes - Unsafe.SizeOf<TUnit>();
        for (nint from = 0, to = 0; count > 0; count--, from += sourceStep, to += targetStep)
        {
            TUnit first = Unsafe.ReadUnaligned<TUnit>(ref Unsafe.Add(ref source, from));
            TUnit second = Unsafe.ReadUnaligned<TUnit>(ref Unsafe.Add(ref source, from + last));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, to), first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, to + last), second);
        }
    }
}
