using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <summary>The mean of what a window covers, TensorFlow Lite's AVERAGE_POOL_2D, int8, int16 and float32.</summary>
/// <remarks>
/// Only elements inside of the image count: n of them. Codes are averaged as they are, zero point and all.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class AveragePool2D
{
    private const int Tile = 64;

    /// <summary>
    /// Up to this many codes, a sum is exact in float32, and the quotient's fraction is no rounding away from an
    /// integer.
    /// </summary>
    private const int MaxVectorCount = 1 << 16;

    /// <summary><c>clamp(Σ x / n)</c>, halves away from zero.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least code, -128 or more.</param>
    /// <param name="max">The activation's greatest code, 127 or less.</param>
    /// <param name="output">[batches, output height, output width, channels] int8 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Int8(ReadOnlySpan<sbyte> input, in WindowGeometry geometry, int min, int max, Span<sbyte> output)
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        Span<short> sums = stackalloc short[Tile];
        while (windows.MoveNext())
        {
            int count = windows.Rows * windows.Columns;
            if (count is < 2 or > WindowSums.MaxPlaces)
            {
                Large(input, windows, g, min, max, output);
                continue;
            }

            StridedRectangle places = new(windows.Rows, g.InputRow, windows.Columns, g.InputChannels);
            WindowMeans means = new(count);
            for (int first = 0; first < g.InputChannels; first += Tile)
            {
                // PoolWindows has checked that every window lies inside of the image.
                Span<short> tile = sums[..Math.Min(Tile, g.InputChannels - first)];
                WindowSums.Run(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(input), windows.Input + first), places, tile);
                means.Run(tile, min, max, output.Slice(windows.Output + first, tile.Length));
            }
        }
    }

    /// <summary>A window of more codes than 16 bits can sum, or of a single one.</summary>
    private static void Large(
        ReadOnlySpan<sbyte> input, in PoolWindows windows, in WindowGeometry g, int min, int max, Span<sbyte> output)
    {
        Span<int> sums = stackalloc int[Tile];
        for (int first = 0; first < g.InputChannels; first += Tile)
        {
            Span<int> tile = sums[..Math.Min(Tile, g.InputChannels - first)];
            Sum(input, windows, g, first, tile);
            Divide(tile, windows.Rows * windows.Columns, min, max, output.Slice(windows.Output + first, tile.Length));
        }
    }

    /// <summary>Sums of as many channels as there is room for, from the first one on.</summary>
    private static void Sum(
        ReadOnlySpan<sbyte> input, in PoolWindows windows, in WindowGeometry g, int first, Span<int> sums)
    {
        sums.Clear();
        for (int row = 0; row < windows.Rows; row++)
        {
            PlaneSums.AddColumns(
                input, windows.Input + (row * g.InputRow) + first, windows.Columns, g.InputChannels, sums);
        }
    }

    /// <summary><c>clamp(Σ x / n)</c> of int16 codes, halves away from zero; the sum is an int32.</summary>
    /// <param name="input">[batches, height, width, channels] int16 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least code, -32768 or more.</param>
    /// <param name="max">The activation's greatest code, 32767 or less.</param>
    /// <param name="output">[batches, output height, output width, channels] int16 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Int16(
        ReadOnlySpan<short> input, in WindowGeometry geometry, int min, int max, Span<short> output)
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        Span<int> sums = stackalloc int[Tile];
        while (windows.MoveNext())
        {
            for (int first = 0; first < g.InputChannels; first += Tile)
            {
                Span<int> tile = sums[..Math.Min(Tile, g.InputChannels - first)];
                tile.Clear();
                for (int row = 0; row < windows.Rows; row++)
                {
                    int at = windows.Input + (row * g.InputRow) + first;
                    for (int column = 0; column < windows.Columns; column++, at += g.InputChannels)
                    {
                        PlaneSums.Add(input.Slice(at, tile.Length), tile);
                    }
                }

                Divide(tile, windows.Rows * windows.Columns, min, max,
                    output.Slice(windows.Output + first, tile.Length));
            }
        }
    }

    /// <summary><c>clamp(Σ x / n)</c>.</summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">[batches, output height, output width, channels] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, float min, float max, Span<float> output)
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        while (windows.MoveNext())
        {
            Span<float> pixel = output.Slice(windows.Output, g.OutputChannels);
            pixel.Clear();
            for (int row = 0; row < windows.Rows; row++)
            {
                int at = windows.Input + (row * g.InputRow);
                for (int column = 0; column < windows.Columns; column++, at += g.InputChannels)
                {
                    PlaneSums.Add(input.Slice(at, pixel.Length), pixel);
                }
            }

            Divide(pixel, windows.Rows * windows.Columns, min, max);
        }
    }

    /// <summary>Makes sums to means, clamped.</summary>
    private static void Divide(Span<float> sums, float count, float min, float max)
    {
        ref float first = ref MemoryMarshal.GetReference(sums);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            Vector128<float> least = Vector128.Create(min), greatest = Vector128.Create(max);
            for (; i <= sums.Length - Vector128<float>.Count; i += Vector128<float>.Count)
            {
                Vector128<float> mean = Vector128.LoadUnsafe(ref first, (nuint)i) / Vector128.Create(count);
                ActivationClamp.Of(mean, least, greatest).StoreUnsafe(ref first, (nuint)i);
            }
        }

        for (; i < sums.Length; i++)
        {
            sums[i] = ActivationClamp.Of(sums[i] / count, min, max);
        }
    }

    internal static void Divide(ReadOnlySpan<int> sums, int count, int min, int max, Span<sbyte> codes)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated && count <= MaxVectorCount)
        {
            for (; i <= sums.Length - Vector128<int>.Count; i += Vector128<int>.Count)
            {
                Vector128<int> quotients = Divide(
                    Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(sums), (nuint)i), count);
                ByteVectors.Store(quotients, 0, min, max, codes, i);
            }
        }

        for (; i < sums.Length; i++)
        {
            int half = sums[i] > 0 ? count / 2 : -(count / 2);
            codes[i] = (sbyte)Math.Min(Math.Max((sums[i] + half) / count, min), max);
        }
    }

    // Sums of 16 bits are not exact in float32. Doubles hold any int32, and no quotient of two that is no integer is as
    // near to one as they round.
    private static void Divide(ReadOnlySpan<int> sums, int count, int min, int max, Span<short> codes)
    {
        int half = count / 2;
        for (int i = 0; i < sums.Length; i++)
        {
            int away = sums[i] > 0 ? sums[i] + half : sums[i] - half;
            codes[i] = (short)Math.Min(Math.Max((int)((double)away / count), min), max);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Divide(Vector128<int> sums, int count)
    {
        Vector128<int> half = Vector128.Create(count / 2);
        Vector128<int> away = Vector128.ConditionalSelect(
            Vector128.GreaterThan(sums, Vector128<int>.Zero), half, -half);
        return Vector128.ConvertToInt32Native(Vector128.ConvertToSingle(sums + away) / Vector128.Create((float)count));
    }
}
