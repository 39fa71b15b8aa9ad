using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>
/// Elements of a tensor in an order of their own: sizes of dimensions, outermost first, and for each the elements of
/// the tensor from one index to the next.
/// </summary>
/// <param name="begin">The tensor's element at index 0 of all dimensions.</param>
/// <param name="sizes">1 to 8 dimensions, each 1 or more.</param>
/// <param name="strides">As many; they may be negative, or 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StridedView(int begin, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides)
{
    /// <summary>The most dimensions.</summary>
    internal const int MaxRank = 8;

    internal int Begin { get; } = begin;
    internal ReadOnlySpan<int> Sizes { get; } = sizes;
    internal ReadOnlySpan<int> Strides { get; } = strides;

    /// <summary>The elements that follow one another in the innermost dimension.</summary>
    internal int Run => Sizes[^1];

    /// <summary>The tensor's elements from one of a run to the next.</summary>
    internal int RunStride => Strides[^1];

    /// <summary>How many elements there are, of those that <see cref="Check"/> has found to be in the tensor.</summary>
    internal int Count
    {
        get
        {
            int count = 1;
            foreach (int size in Sizes)
            {
                count *= size;
            }

            return count;
        }
    }

    /// <summary>The view without its innermost dimension.</summary>
    internal StridedView Runs => new(Begin, Sizes[..^1], Strides[..^1]);

    /// <summary>Checks that the view lies inside of a tensor and, if asked, has so many elements.</summary>
    /// <param name="length">The tensor's elements.</param>
    /// <param name="count">The view's; -1 for any number.</param>
    /// <returns>The tensor's element that lies farthest from its beginning.</returns>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal int Check(int length, int count)
    {
        SpanChecks.Equal(Strides.Length, Sizes.Length, "strides", "sizes");
        SpanChecks.AtLeast(Sizes.Length, 1, "sizes", "view");
        SpanChecks.AtLeast(MaxRank, Sizes.Length, "view", "sizes");
        long elements = 1;
        long first = Begin;
        long last = Begin;
        for (int d = 0; d < Sizes.Length; d++)
        {
            long reach = (Sizes[d] - 1L) * Strides[d];
            first += Math.Min(reach, 0);
            last += Math.Max(reach, 0);
            elements *= Sizes[d];
            if (Sizes[d] < 1 || first < 0 || last >= length || elements > int.MaxValue)
            {
                SpanChecks.Throw(length, Math.Max(last + 1, 1), "tensor", "view");
            }
        }

        if (count >= 0 && elements != count)
        {
            SpanChecks.Throw(count, elements, "other tensor", "view");
        }

        return (int)last;
    }
}
