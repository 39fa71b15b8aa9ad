namespace TinyQuant.Import.Operators;

/// <summary>The same elements under another shape, or in another order: RESHAPE, SQUEEZE, EXPAND_DIMS, TRANSPOSE.</summary>
internal static class ShapeMapping
{
    /// <summary>The shape is an input or, in older files, an option. Both yield to that of the output.</summary>
    public static MappedOperator Reshape(OperatorSource source)
    {
        source.Options(type: 17, fields: 1);
        OutputShapes.RequireSame(source, input: 1);
        return Map(source, "Reshape");
    }

    public static MappedOperator Squeeze(OperatorSource source)
    {
        source.Options(type: 30, fields: 1);
        return Map(source, "Squeeze");
    }

    public static MappedOperator ExpandDims(OperatorSource source)
    {
        source.Options(type: 52, fields: 0);
        return Map(source, "ExpandDims");
    }

    public static MappedOperator Transpose(OperatorSource source)
    {
        source.Options(type: 26, fields: 0);
        int rank = source.InputTensor(0).Shape.Length;
        int[] permutation = [.. source.Integers(1, "the permutation", rank).Select(a => OperatorSource.Axis(a, rank))];
        return permutation.Distinct().Count() != rank
            ? throw new UnsupportedException($"its permutation [{string.Join(",", permutation.Select(n => Invariant($"{n}")))}] has a dimension twice")
            : source.Map("Transpose", new AttributeList { { "perm", permutation } }, 0);
    }

    private static MappedOperator Map(OperatorSource source, string kind)
    {
        int? elements = source.InputTensor(0).ElementCount;
        return elements is null || elements != source.OutputTensor(0).ElementCount
            ? throw new UnsupportedException($"it gives {source.InputTensor(0).TypeAndShape} the shape of {source.OutputTensor(0).TypeAndShape}, which has not as many elements")
            : source.Map(kind, null, 0);
    }
}
