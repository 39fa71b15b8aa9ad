namespace TinyQuant.Import.Operators;

/// <summary>A part of a tensor: SLICE and STRIDED_SLICE, with masks and negative numbers resolved.</summary>
internal static class SliceMapping
{
    public static MappedOperator Slice(OperatorSource source)
    {
        SliceRanges ranges = SliceRanges.OfSlice(source);
        return source.Map("Slice", new AttributeList { { "begin", ranges.Begin }, { "size", ranges.Size } }, 0);
    }

    public static MappedOperator StridedSlice(OperatorSource source)
    {
        SliceRanges ranges = StridedSliceResolver.Resolve(source);
        return source.Map("StridedSlice", new AttributeList
        {
            { "begin", ranges.Begin },
            { "size", ranges.Size },
            { "strides", ranges.Strides },
        }, 0);
    }
}
