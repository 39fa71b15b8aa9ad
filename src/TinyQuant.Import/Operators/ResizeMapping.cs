namespace TinyQuant.Import.Operators;

/// <summary>RESIZE_NEAREST_NEIGHBOR, to the size of the output.</summary>
internal static class ResizeMapping
{
    public static MappedOperator NearestNeighbor(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 74, fields: 2);
        OutputShapes.RequireSameSize(source, input: 1);
        return source.Map("ResizeNearestNeighbor", new AttributeList
        {
            { "align_corners", options.Flag(0) },
            { "half_pixel_centers", options.Flag(1) },
        }, 0);
    }
}
