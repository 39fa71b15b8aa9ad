using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// The greatest of what a window covers, TensorFlow Lite's MAX_POOL_2D, for int8 codes and real values alike.
/// </summary>
/// <remarks>
/// <c>MaxPool</c> of <c>tensorflow/lite/kernels/internal/reference/pooling.h</c> begins with the type's least finite
/// value and takes what is greater: NaN never is, and a window of nothing else gives that value.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool2D
{
    /// <summary><c>clamp(max x)</c> of each channel by itself.</summary>
    /// <param name="input">[batches, height, width, channels].</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least value; the type's least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the type's greatest finite one for none.</param>
    /// <param name="output">[batches, output height, output width, channels].</param>
    /// <typeparam name="T">The element type, sbyte or float.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Run<T>(ReadOnlySpan<T> input, in WindowGeometry geometry, T min, T max, Span<T> output)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        while (windows.MoveNext())
        {
            // PoolWindows has checked that every window lies inside of the image.
            ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(input), windows.Input);
            StridedRectangle places = new(windows.Rows, g.InputRow, windows.Columns, g.InputChannels);
            Pixel(ref first, places, min, max, output.Slice(windows.Output, g.OutputChannels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel<T>(ref T first, in StridedRectangle places, T min, T max, Span<T> pixel)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        ref T target = ref MemoryMarshal.GetReference(pixel);
        int channel = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; channel <= pixel.Length - Vector256<T>.Count; channel += Vector256<T>.Count)
            {
                Vector256<T> greatest = Greatest256(ref Unsafe.Add(ref first, channel), places);
                greatest = Vector256.MinNative(
                    Vector256.Create(max), Vector256.MaxNative(Vector256.Create(min), greatest));
                greatest.StoreUnsafe(ref target, (nuint)channel);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; channel <= pixel.Length - Vector128<T>.Count; channel += Vector128<T>.Count)
            {
                Vector128<T> greatest = Greatest128(ref Unsafe.Add(ref first, channel), places, Vector128<byte>.Count);
                greatest = Vector128.MinNative(
                    Vector128.Create(max), Vector128.MaxNative(Vector128.Create(min), greatest));
                greatest.StoreUnsafe(ref target, (nuint)channel);
            }

            // Four codes are as many bytes as one real value.
            for (; channel <= pixel.Length - (sizeof(int) / Unsafe.SizeOf<T>()); channel += sizeof(int)
                / Unsafe.SizeOf<T>())
            {
                Vector128<T> greatest = Greatest128(ref Unsafe.Add(ref first, channel), places, sizeof(int));
                greatest = Vector128.MinNative(
                    Vector128.Create(max), Vector128.MaxNative(Vector128.Create(min), greatest));
                Unsafe.WriteUnaligned(
                    ref Unsafe.As<T, byte>(ref Unsafe.Add(ref target, channel)), greatest.AsInt32().ToScalar());
            }
        }

        for (; channel < pixel.Length; channel++)
        {
            T greatest = Greatest(ref Unsafe.Add(ref first, channel), places);
            greatest = Greater.Of(min, greatest);
            Unsafe.Add(ref target, channel) = max < greatest ? max : greatest;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Greatest256<T>(ref T first, in StridedRectangle places)
        where T : IMinMaxValue<T>
    {
        Vector256<T> greatest = typeof(T) == typeof(float)
            ? Vector256.Create(T.MinValue)
            : Vector256.LoadUnsafe(ref first);
        for (int row = 0; row < places.Rows; row++, first = ref Unsafe.Add(ref first, places.RowStride))
        {
            ref T at = ref first;
            for (int column = 0; column < places.Columns; column++, at = ref Unsafe.Add(ref at, places.ColumnStride))
            {
                greatest = Greater.Of(Vector256.LoadUnsafe(ref at), greatest);
            }
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Greatest128<T>(ref T first, in StridedRectangle places, int bytes)
        where T : IMinMaxValue<T>
    {
        Vector128<T> greatest = typeof(T) == typeof(float) ? Vector128.Create(T.MinValue) : Load(ref first, bytes);
        for (int row = 0; row < places.Rows; row++, first = ref Unsafe.Add(ref first, places.RowStride))
        {
            ref T at = ref first;
            for (int column = 0; column < places.Columns; column++, at = ref Unsafe.Add(ref at, places.ColumnStride))
            {
                greatest = Greater.Of(Load(ref at, bytes), greatest);
            }
        }

        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Load<T>(ref T at, int bytes) => bytes == sizeof(int)
        ? Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<int>(ref Unsafe.As<T, byte>(ref at))).As<int, T>()
        : Vector128.LoadUnsafe(ref at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Greatest<T>(ref T first, in StridedRectangle places)
        where T : INumber<T>, IMinMaxValue<T>
    {
        T greatest = T.MinValue;
        for (int row = 0; row < places.Rows; row++, first = ref Unsafe.Add(ref first, places.RowStride))
        {
            ref T at = ref first;
            for (int column = 0; column < places.Columns; column++, at = ref Unsafe.Add(ref at, places.ColumnStride))
            {
                greatest = Greater.Of(at, greatest);
            }
        }

        return greatest;
    }
}
