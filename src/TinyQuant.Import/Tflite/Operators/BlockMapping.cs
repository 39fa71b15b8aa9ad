namespace TinyQuant.Import.Operators;

/// <summary>Blocks of pixels to channels or to the batch: SPACE_TO_DEPTH, DEPTH_TO_SPACE, SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND.</summary>
internal static class BlockMapping
{
    public static MappedOperator SpaceToDepth(OperatorSource source) => Depth(source, "SpaceToDepth", source.Options(type: 19, fields: 1));

    public static MappedOperator DepthToSpace(OperatorSource source) => Depth(source, "DepthToSpace", source.Options(type: 94, fields: 1));

    public static MappedOperator SpaceToBatch(OperatorSource source)
    {
        source.Options(type: 25, fields: 0);
        return Batch(source, "SpaceToBatchNd", "paddings");
    }

    public static MappedOperator BatchToSpace(OperatorSource source)
    {
        source.Options(type: 24, fields: 0);
        return Batch(source, "BatchToSpaceNd", "crops");
    }

    private static MappedOperator Depth(OperatorSource source, string kind, OperatorOptions options) =>
        source.Map(kind, new AttributeList { { "block_size", options.Int32(0) } }, 0);

    /// <summary>Its inputs are the tensor, the steps and, in rows of two, the margins.</summary>
    private static MappedOperator Batch(OperatorSource source, string kind, string margins)
    {
        int[] block = source.Integers(1, "the block");
        return source.Map(kind, new AttributeList
        {
            { "block", block },
            { margins, source.Integers(2, $"the {margins}", 2 * block.Length) },
        }, 0);
    }
}
