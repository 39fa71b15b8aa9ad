using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Values;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>A part of a tensor: SLICE and STRIDED_SLICE, with masks and negative numbers resolved.</summary>
internal static class SliceMapping
{
    public static MappedOperator Slice(OperatorSource source)
    {
        if (source.Find(1) is null)
        {
            return IndexMapping.DynamicSlice(source);
        }

        SliceRanges ranges = RangesOf(source);
        return source.Map((inputs, outputs) => new Slice(inputs[0], outputs[0], ranges.Begin, ranges.Size), 0);
    }

    public static MappedOperator StridedSlice(OperatorSource source)
    {
        SliceRanges ranges = StridedSliceResolver.Resolve(source);
        return source.Map(
            (inputs, outputs) => new StridedSlice(inputs[0], outputs[0], ranges.Begin, ranges.Size, ranges.Strides), 0);
    }

    /// <summary>
    /// The ranges of SLICE, whose inputs are the tensor, where it begins, and sizes, of which -1 is all that is left.
    /// </summary>
    public static SliceRanges RangesOf(OperatorSource source)
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
                throw new UnsupportedException(
                    Invariant($"it takes {size[d]} elements from {begin[d]} on of the {shape[d]} in dimension {d}"));
            }
        }

        return new SliceRanges([.. begin], [.. size], [.. Enumerable.Repeat(1, shape.Length)]);
    }
}
