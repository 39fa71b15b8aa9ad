using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies slices by their indexes: TensorFlow Lite's GATHER and EMBEDDING_LOOKUP. An index that there is not is taken
/// for the nearest that there is: nothing outside of the tensor is read, whatever a model computes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Gather
{
    private const int MostPlaces = 256; // on the stack

    /// <summary>Copies slices along an axis.</summary>
    /// <param name="input">[batches, outer, size, inner].</param>
    /// <param name="indexes">[batches, count].</param>
    /// <param name="batches">1 or more.</param>
    /// <param name="size">The elements along the axis; 1 or more.</param>
    /// <param name="inner">The elements of a slice; 1 or more.</param>
    /// <param name="output">[batches, outer, count, inner]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <typeparam name="TIndex">The indexes' type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<TIndex> indexes, int batches, int size, int inner, Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        (int count, int outer) = Check(input.Length, indexes.Length, batches, size, inner, output.Length);
        ref T source = ref MemoryMarshal.GetReference(input);
        ref T target = ref MemoryMarshal.GetReference(output);
        Span<int> places = stackalloc int[MostPlaces];
        for (int batch = 0; batch < batches; batch++)
        {
            // All rows of a batch are read at the same places.
            for (int first = 0; first < count; first += MostPlaces)
            {
                int taken = Math.Min(MostPlaces, count - first);
                ReadOnlySpan<TIndex> row = indexes.Slice((batch * count) + first, taken);
                for (int i = 0; i < row.Length; i++)
                {
                    places[i] = IndexRange.Clamp(row[i], size - 1) * inner;
                }

                int from = batch * outer * size * inner;
                int to = ((batch * outer * count) + first) * inner;
                Places.Take(
                    ref Unsafe.Add(ref source, from), size * inner, places[..taken], inner,
                    ref Unsafe.Add(ref target, to), count * inner, outer);
            }
        }
    }

    /// <summary>The indexes of a batch, and the rows of slices in one.</summary>
    private static (int Count, int Outer) Check(
        int input, int indexes, int batches, int size, int inner, int output)
    {
        if (batches < 1 || size < 1 || inner < 1 || indexes < 1 || indexes % batches != 0)
        {
            SpanChecks.Throw(indexes, batches, nameof(indexes), nameof(batches));
        }

        long slices = SpanChecks.Product(batches, size, inner);
        if (input < slices || input % slices != 0)
        {
            SpanChecks.Throw(input, slices, nameof(input), "slices");
        }

        int count = indexes / batches;
        int outer = (int)(input / slices);
        SpanChecks.Equal(output, SpanChecks.Product(batches, outer, count, inner), nameof(output), nameof(indexes));
        return (count, outer);
    }
}
