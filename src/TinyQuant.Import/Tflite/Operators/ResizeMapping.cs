namespace TinyQuant.Import.Operators;

/// <summary>RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR, to the size of the output.</summary>
internal static class ResizeMapping
{
    public static MappedOperator NearestNeighbor(OperatorSource source) => Map(source, "ResizeNearestNeighbor", source.Options(type: 74, fields: 2), 0);

    /// <summary>The first two options were the size, long ago.</summary>
    public static MappedOperator Bilinear(OperatorSource source) => Map(source, "ResizeBilinear", source.Options(type: 15, fields: 4), 2);

    private static MappedOperator Map(OperatorSource source, string kind, OperatorOptions options, int alignCorners)
    {
        OutputShapes.RequireSameSize(source, input: 1);
        return source.Map(kind, new AttributeList
        {
            { "align_corners", options.Flag(alignCorners) },
            { "half_pixel_centers", options.Flag(alignCorners + 1) },
        }, 0);
    }
}
