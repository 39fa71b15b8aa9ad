using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

public static partial class AveragePool2D
{
    /// <summary><c>clamp(Σ x / n)</c>, halves up.</summary>
    /// <remarks>
    /// <c>AveragePool</c> for uint8 in <c>tensorflow/lite/kernels/internal/reference/pooling.h</c>, which halves away
    /// from zero codes that are none below zero: less 128, these are halves up.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="min">The activation's least code, -128 or more.</param>
    /// <param name="max">The activation's greatest code, 127 or less.</param>
    /// <param name="output">[batches, output height, output width, channels] int8 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a window covers nothing.</exception>
    public static void Int8HalfUp(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, int min, int max, Span<sbyte> output)
    {
        WindowGeometry g = geometry;
        PoolWindows windows = new(g, input.Length, output.Length);
        Span<int> sums = stackalloc int[Tile];
        while (windows.MoveNext())
        {
            for (int first = 0; first < g.InputChannels; first += Tile)
            {
                Span<int> tile = sums[..Math.Min(Tile, g.InputChannels - first)];
                Sum(input, windows, g, first, tile);
                DivideHalfUp(
                    tile, windows.Rows * windows.Columns, min, max,
                    output.Slice(windows.Output + first, tile.Length));
            }
        }
    }

    private static void DivideHalfUp(ReadOnlySpan<int> sums, int count, int min, int max, Span<sbyte> codes)
    {
        int half = count / 2;
        int i = 0;
        if (Vector128.IsHardwareAccelerated && count <= MaxVectorCount)
        {
            for (; i <= sums.Length - Vector128<int>.Count; i += Vector128<int>.Count)
            {
                Vector128<int> more = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(sums), (nuint)i)
                    + Vector128.Create(half);
                Vector128<float> means = Vector128.Floor(
                    Vector128.ConvertToSingle(more) / Vector128.Create((float)count));
                ByteVectors.Store(Vector128.ConvertToInt32Native(means), 0, min, max, codes, i);
            }
        }

        for (; i < sums.Length; i++)
        {
            long more = (long)sums[i] + half;
            long mean = (more - (((more % count) + count) % count)) / count;
            codes[i] = (sbyte)Math.Min(Math.Max(mean, min), max);
        }
    }
}
