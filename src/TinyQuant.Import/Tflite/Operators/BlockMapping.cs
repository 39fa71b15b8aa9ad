using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// Blocks of pixels to channels or to the batch: SPACE_TO_DEPTH, DEPTH_TO_SPACE, SPACE_TO_BATCH_ND and
/// BATCH_TO_SPACE_ND.
/// </summary>
internal static class BlockMapping
{
    public static MappedOperator SpaceToDepth(OperatorSource source)
    {
        int blockSize = source.Options(type: 19, fields: 1).Int32(0);
        return source.Map((inputs, outputs) => new SpaceToDepth(inputs[0], outputs[0], blockSize), 0);
    }

    public static MappedOperator DepthToSpace(OperatorSource source)
    {
        int blockSize = source.Options(type: 94, fields: 1).Int32(0);
        return source.Map((inputs, outputs) => new DepthToSpace(inputs[0], outputs[0], blockSize), 0);
    }

    public static MappedOperator SpaceToBatch(OperatorSource source)
    {
        source.Options(type: 25, fields: 0);
        (ImmutableArray<int> block, ImmutableArray<int> paddings) = Block(source, "the paddings");
        return source.Map((inputs, outputs) => new SpaceToBatchNd(inputs[0], outputs[0], block, paddings), 0);
    }

    public static MappedOperator BatchToSpace(OperatorSource source)
    {
        source.Options(type: 24, fields: 0);
        (ImmutableArray<int> block, ImmutableArray<int> crops) = Block(source, "the crops");
        return source.Map((inputs, outputs) => new BatchToSpaceNd(inputs[0], outputs[0], block, crops), 0);
    }

    /// <summary>The inputs of both are the tensor, the steps and, in rows of two, the margins.</summary>
    private static (ImmutableArray<int> Block, ImmutableArray<int> Margins) Block(OperatorSource source, string margins)
    {
        int[] block = source.Integers(1, "the block");
        return ([.. block], [.. source.Integers(2, margins, 2 * block.Length)]);
    }
}
