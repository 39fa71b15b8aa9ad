using System.Collections.Immutable;

namespace TinyQuant.Import.Operators;

/// <summary>
/// What a slice takes of each dimension of its input: element j is input index <c>begin + j * stride</c>, for j below
/// the size. Always within the input.
/// </summary>
internal sealed record SliceRanges(ImmutableArray<int> Begin, ImmutableArray<int> Size, ImmutableArray<int> Strides)
{
    /// <summary>Of SLICE, whose inputs are the tensor, where it begins, and sizes, of which -1 is all that is left.</summary>
    public static SliceRanges OfSlice(OperatorSource source)
    {
        source.Options(type: 48, fields: 0);
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int[] begin = source.Integers(1, "where it begins", shape.Length);
        int[] size = source.Integers(2, "the size", shape.Length);
        for (int d = 0; d < shape.Length; d++)
        {
            size[d] = size[d] == -1 ? shape[d] - begin[d] : size[d];
            if (begin[d] < 0 || size[d] < 1 || (long)begin[d] + size[d] > shape[d])
            {
                throw new UnsupportedException(Invariant($"it takes {size[d]} elements from {begin[d]} on of the {shape[d]} in dimension {d}"));
            }
        }
        return new SliceRanges([.. begin], [.. size], [.. Enumerable.Repeat(1, shape.Length)]);
    }
}
