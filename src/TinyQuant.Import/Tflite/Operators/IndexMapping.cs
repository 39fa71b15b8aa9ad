using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// Slices by indexes that are constants or computed: GATHER, GATHER_ND, EMBEDDING_LOOKUP, SLICE from a computed
/// beginning, and DYNAMIC_UPDATE_SLICE.
/// </summary>
internal static class IndexMapping
{
    public static MappedOperator Gather(OperatorSource source)
    {
        (int axis, int batchDims) = AxisOfGather(source);
        return source.Map((inputs, outputs) => new Gather(inputs[0], inputs[1], outputs[0], axis, batchDims), 0, 1);
    }

    /// <summary>Both count from the end where they are negative: of the input, and of the indexes.</summary>
    public static (int Axis, int BatchDims) AxisOfGather(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 23, fields: 2);
        int batchDims = options.Int32(1);
        return (OperatorContext.Axis(options.Int32(0), source.InputTensor(0).Shape.Length),
            batchDims < 0 ? batchDims + source.InputTensor(1).Shape.Length : batchDims);
    }

    public static MappedOperator GatherNd(OperatorSource source)
    {
        source.Options(type: 83, fields: 0);
        return source.Map((inputs, outputs) => new GatherNd(inputs[0], inputs[1], outputs[0]), 0, 1);
    }

    /// <summary>Its inputs are the ids and then the table.</summary>
    public static MappedOperator EmbeddingLookup(OperatorSource source)
    {
        source.Options(type: 0, fields: 0);
        return source.Map((inputs, outputs) => new EmbeddingLookup(inputs[0], inputs[1], outputs[0]), 0, 1);
    }

    public static MappedOperator DynamicUpdateSlice(OperatorSource source)
    {
        source.Options(type: 117, fields: 0);
        return source.Map(
            (inputs, outputs) => new DynamicUpdateSlice(inputs[0], inputs[1], inputs[2], outputs[0]), 0, 1, 2);
    }

    /// <summary>SLICE whose beginning is computed; its size is that of the output.</summary>
    public static MappedOperator DynamicSlice(OperatorSource source)
    {
        source.Options(type: 48, fields: 0);
        ImmutableArray<int> output = source.OutputTensor(0).Shape;
        bool isOther = source.Find(2) is { } size
            && !size.Values.Select((s, d) => s == -1 || (d < output.Length && s == output[d])).All(same => same);
        return isOther
            ? throw new UnsupportedException(
                $"its size is not that of its output {source.OutputTensor(0).TypeAndShape}")
            : source.Map((inputs, outputs) => new DynamicSlice(inputs[0], inputs[1], outputs[0]), 0, 1);
    }
}
