using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>TensorFlow Lite's BROADCAST_TO where single elements are repeated; else it is a view.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BroadcastTo
{
    /// <summary>Writes each element of a view as often as its innermost dimension is long.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="view">Those that are taken; of the innermost dimension, the first.</param>
    /// <param name="output">As many as the view has; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="ArgumentException">The view does not lie inside of the input, or does not have the output's
    /// length.</exception>
    public static void Run<T>(ReadOnlySpan<T> input, scoped in StridedView view, Span<T> output)
        where T : unmanaged
    {
        view.Check(input.Length, output.Length);
        int run = view.Run;
        bool isVector = Vector128.IsHardwareAccelerated && (Unsafe.SizeOf<T>() is 1 or 2 or 4 or 8)
            && (run * (long)Unsafe.SizeOf<T>() is >= 16 and <= 128);
        StridedWalk walk = new(view.Runs);
        for (int to = 0; to < output.Length; to += run)
        {
            T element = input[walk.At];
            Span<T> row = output.Slice(to, run);
            if (isVector)
            {
                Fill(MemoryMarshal.AsBytes(row), element);
            }
            else
            {
                row.Fill(element);
            }

            walk.Next();
        }
    }

    /// <summary>A few vectors, the last of which overlaps the one before: less than a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill<T>(Span<byte> row, T element)
        where T : unmanaged
    {
        Vector128<byte> vector = Unsafe.SizeOf<T>() switch
        {
            1 => Vector128.Create(Unsafe.BitCast<T, byte>(element)),
            2 => Vector128.Create(Unsafe.BitCast<T, ushort>(element)).AsByte(),
            4 => Vector128.Create(Unsafe.BitCast<T, uint>(element)).AsByte(),
            _ => Vector128.Create(Unsafe.BitCast<T, ulong>(element)).AsByte(),
        };
        ref byte target = ref MemoryMarshal.GetReference(row);
        for (int i = 0; i < row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            vector.StoreUnsafe(ref target, (nuint)i);
        }

        vector.StoreUnsafe(ref target, (nuint)(row.Length - Vector128<byte>.Count));
    }
}
