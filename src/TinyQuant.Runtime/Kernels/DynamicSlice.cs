using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels;

/// <summary>
/// A part of a tensor, read or written where a model computes: TensorFlow Lite's SLICE with a beginning that is no
/// constant, and DYNAMIC_UPDATE_SLICE. A beginning from which the part would not lie in the tensor is moved to the
/// nearest one from which it does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DynamicSlice
{
    /// <summary>Copies a part of the input.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="begin">An index for each dimension.</param>
    /// <param name="place">What the indexes mean.</param>
    /// <param name="view">The part as it lies if it begins at index 0 of all dimensions.</param>
    /// <param name="output">As many elements as the part; apart from the input.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <typeparam name="TIndex">The indexes' type.</typeparam>
    /// <exception cref="ArgumentException">The part does not lie in the input wherever it may begin, or has another
    /// number of elements than the output.</exception>
    public static void Read<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<TIndex> begin, scoped in PartPlace place, scoped in StridedView view,
        Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        place.Check(begin.Length, view, input.Length, output.Length);
        StridedCopy.Gather(input[IndexRange.Begin(begin, place.Room, place.Strides)..], view, output);
    }

    /// <summary>Copies the input, and another tensor over a part of it.</summary>
    /// <param name="input">Any elements.</param>
    /// <param name="update">As many elements as the part; apart from the output.</param>
    /// <param name="begin">An index for each dimension.</param>
    /// <param name="place">What the indexes mean.</param>
    /// <param name="view">The part as it lies if it begins at index 0 of all dimensions.</param>
    /// <param name="output">As long as the input; may be it.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <typeparam name="TIndex">The indexes' type.</typeparam>
    /// <exception cref="ArgumentException">The part does not lie in the input wherever it may begin, or lengths do not
    /// fit each other.</exception>
    public static void Update<T, TIndex>(
        ReadOnlySpan<T> input, ReadOnlySpan<T> update, ReadOnlySpan<TIndex> begin, scoped in PartPlace place,
        scoped in StridedView view, Span<T> output)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        place.Check(begin.Length, view, output.Length, update.Length);
        RowCopy.All(input, output);
        StridedCopy.Scatter(update, view, output[IndexRange.Begin(begin, place.Room, place.Strides)..]);
    }
}
