using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies slices by their indexes: TensorFlow Lite's GATHER and EMBEDDING_LOOKUP. An index that there is not is taken
/// for the nearest that there is: nothing outside of the tensor is read, whatever a model computes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Gather
{
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
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<TIndex> indexes, int batches, int size, int inner, Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        (int count, int outer) = Check(input.Length, indexes.Length, batches, size, inner, output.Length);
        int from = 0;
        int to = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            ReadOnlySpan<TIndex> row = indexes.Slice(batch * count, count);
            for (int o = 0; o < outer; o++, from += size * inner)
            {
                ReadOnlySpan<T> slices = input.Slice(from, size * inner);
                if (inner == 1)
                {
                    for (int i = 0; i < row.Length; i++)
                    {
                        output[to++] = slices[IndexRange.Clamp(row[i], size - 1)];
                    }

                    continue;
                }

                foreach (TIndex index in row)
                {
                    slices.Slice(IndexRange.Clamp(index, size - 1) * inner, inner).CopyTo(output[to..]);
                    to += inner;
                }
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
