using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Movement;

namespace TinyQuant.Kernels;

/// <summary>
/// Copies slices by indexes of several dimensions: TensorFlow Lite's GATHER_ND. An index that there is not in its
/// dimension is taken for the nearest that there is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GatherNd
{
    private const int MostPlaces = 256; // on the stack

    /// <summary>Copies slices.</summary>
    /// <param name="input">[sizes.., slice].</param>
    /// <param name="indexes">[count, dimensions].</param>
    /// <param name="sizes">[dimensions]: how many indexes there are in each; each 1 or more.</param>
    /// <param name="output">[count, slice]; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <typeparam name="TIndex">The indexes' type.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Run<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<TIndex> indexes, ReadOnlySpan<int> sizes, Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int slice = Check(input.Length, indexes.Length, sizes, output.Length);
        ref T source = ref MemoryMarshal.GetReference(input);
        ref T target = ref MemoryMarshal.GetReference(output);
        ref TIndex index = ref MemoryMarshal.GetReference(indexes);
        (int first, int second) = (sizes[0], sizes[^1]);
        Span<int> places = stackalloc int[MostPlaces];
        for (int to = 0; to < output.Length;)
        {
            int taken = Math.Min(MostPlaces, (output.Length - to) / slice);
            Span<int> some = places[..taken];
            if (sizes.Length == 2)
            {
                for (int i = 0; i < some.Length; i++)
                {
                    int at = IndexRange.Clamp(Unsafe.Add(ref index, 2 * i), first - 1) * second;
                    some[i] = (at + IndexRange.Clamp(Unsafe.Add(ref index, (2 * i) + 1), second - 1)) * slice;
                }
            }
            else
            {
                for (int i = 0; i < some.Length; i++)
                {
                    int at = 0;
                    for (int d = 0; d < sizes.Length; d++)
                    {
                        at = (at * sizes[d])
                            + IndexRange.Clamp(Unsafe.Add(ref index, (i * sizes.Length) + d), sizes[d] - 1);
                    }

                    some[i] = at * slice;
                }
            }

            index = ref Unsafe.Add(ref index, taken * sizes.Length);
            Places.Take(ref source, 0, places[..taken], slice, ref Unsafe.Add(ref target, to), 0, rows: 1);
            to += taken * slice;
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
