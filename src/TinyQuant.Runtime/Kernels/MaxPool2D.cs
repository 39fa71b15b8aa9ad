using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyQuant.Kernels;

/// <summary>The greatest of what a window covers, TensorFlow Lite's MAX_POOL_2D, for int8 codes and real values alike.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool2D
{
    /// <summary><c>clamp(max x)</c> of each channel by itself.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least value; the type's own for none.</param>
    /// <param name="max">The activation's greatest value; the type's own for none.</param>
    /// <param name="output">[batches, output height, output width, channels].</param>
    /// <typeparam name="T">The element type, sbyte or float.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Run<T>(ReadOnlySpan<T> input, in WindowGeometry geometry, T min, T max, Span<T> output)
        where T : unmanaged, INumber<T>
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        ref T source = ref MemoryMarshal.GetReference(input);
        while (windows.MoveNext())
        {
            Span<T> pixel = output.Slice(windows.Output, g.OutputChannels);
            int channel = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; channel <= pixel.Length - Vector256<T>.Count; channel += Vector256<T>.Count)
                {
                    Vector256<T> greatest = Greatest256(ref Unsafe.Add(ref source, windows.Input + channel), windows, g);
                    greatest = Vector256.MinNative(Vector256.MaxNative(greatest, Vector256.Create(min)), Vector256.Create(max));
                    greatest.StoreUnsafe(ref MemoryMarshal.GetReference(pixel), (nuint)channel);
                }
            }

            if (Vector128.IsHardwareAccelerated)
            {
                for (; channel <= pixel.Length - Vector128<T>.Count; channel += Vector128<T>.Count)
                {
                    Vector128<T> greatest = Greatest128(ref Unsafe.Add(ref source, windows.Input + channel), windows, g);
                    greatest = Vector128.MinNative(Vector128.MaxNative(greatest, Vector128.Create(min)), Vector128.Create(max));
                    greatest.StoreUnsafe(ref MemoryMarshal.GetReference(pixel), (nuint)channel);
                }
            }

            for (; channel < pixel.Length; channel++)
            {
                T greatest = Greatest(ref Unsafe.Add(ref source, windows.Input + channel), windows, g);
                pixel[channel] = T.Min(T.Max(greatest, min), max);
            }
        }
    }

    // PoolWindows has checked that every window lies inside of the image.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Greatest256<T>(ref T first, in PoolWindows windows, in WindowGeometry g)
    {
        Vector256<T> greatest = Vector256.LoadUnsafe(ref first);
        for (int row = 0; row < windows.Rows; row++)
        {
            for (int column = 0; column < windows.Columns; column++)
            {
                greatest = Vector256.MaxNative(greatest, Vector256.LoadUnsafe(ref first, (nuint)((row * g.InputRow) + (column * g.InputChannels))));
            }
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Greatest128<T>(ref T first, in PoolWindows windows, in WindowGeometry g)
    {
        Vector128<T> greatest = Vector128.LoadUnsafe(ref first);
        for (int row = 0; row < windows.Rows; row++)
        {
            for (int column = 0; column < windows.Columns; column++)
            {
                greatest = Vector128.MaxNative(greatest, Vector128.LoadUnsafe(ref first, (nuint)((row * g.InputRow) + (column * g.InputChannels))));
            }
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Greatest<T>(ref T first, in PoolWindows windows, in WindowGeometry g)
        where T : INumber<T>
    {
        T greatest = first;
        for (int row = 0; row < windows.Rows; row++)
        {
            for (int column = 0; column < windows.Columns; column++)
            {
                greatest = T.Max(greatest, Unsafe.Add(ref first, (row * g.InputRow) + (column * g.InputChannels)));
            }
        }

        return greatest;
    }
}
