using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies slices by indexes of several dimensions: TensorFlow Lite's GATHER_ND. An index that there is not in its
/// dimension is taken for the nearest that there is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GatherNd
{
    /// <summary>Copies slices.</summary>
    /// <param name="input">[sizes.., slice].</param>
    /// <param name="indexes">[count, dimensions].</param>
    /// <param name="sizes">[dimensions]: how many indexes there are in each; each 1 or more.</param>
    /// <param name="output">[count, slice]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <typeparam name="TIndex">The indexes' type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<TIndex> indexes, ReadOnlySpan<int> sizes, Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int slice = Check(input.Length, indexes.Length, sizes, output.Length);
        for (int from = 0, to = 0; to < output.Length; to += slice)
        {
            int at = 0;
            foreach (int size in sizes)
            {
                at = (at * size) + IndexRange.Clamp(indexes[from++], size - 1);
            }

            input.Slice(at * slice, slice).CopyTo(output[to..]);
        }
    }

    /// <summary>The elements of a slice.</summary>
    private static int Check(int input, int indexes, ReadOnlySpan<int> sizes, int output)
    {
        long slices = 1;
        foreach (int size in sizes)
        {
            SpanChecks.AtLeast(size, 1, "size", "slice");
            slices = Math.Min(slices * size, SpanChecks.TooMany);
        }

        if (sizes.IsEmpty || input < slices || input % slices != 0 || indexes < 1 || indexes % sizes.Length != 0)
        {
            SpanChecks.Throw(input, slices, nameof(input), "slices");
        }

        int slice = (int)(input / slices);
        SpanChecks.Equal(output, (long)(indexes / sizes.Length) * slice, nameof(output), nameof(indexes));
        return slice;
    }
}
