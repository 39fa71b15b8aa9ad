using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>Gather and GatherNd, any type, and EmbeddingLookup: slices by their indexes.</summary>
internal sealed class GatherEmitter : IOperatorEmitter
{
    public static readonly GatherEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context) => op switch
    {
        GatherNd gather => context.Call(op, $"Kernels::GatherNd.Run<{Types(gather.Input, gather.Indexes)}>",
            context.Span(gather.Input), context.Span(gather.Indexes),
            context.Bake(gather.Output.Name + ".sizes", [.. gather.Input.Shape.Take(gather.Depth)],
                "sizes of the dimensions that indexes are of"),
            context.Span(gather.Output)),
        EmbeddingLookup { Dequantizes: true } lookup => context.Call(op, "Kernels::EmbeddingLookup.Dequantize",
            context.Span(lookup.Ids), context.Span(lookup.Table), ("rows", lookup.Table.Shape[0]),
            ("scale", lookup.Table.Quantization!.Scale), context.Span(lookup.Output)),
        EmbeddingLookup lookup => Slices(op, lookup.Table, lookup.Ids, 0, 0, context),
        _ => Slices(op, op.Inputs[0], op.Inputs[1], ((Gather)op).BatchDims, ((Gather)op).Axis, context),
    };

    private static KernelCall Slices(
        Operator op, Tensor input, Tensor indexes, int batchDims, int axis, LoweringContext context) =>
        context.Call(op, $"Kernels::Gather.Run<{Types(input, indexes)}>",
            context.Span(input), context.Span(indexes),
            ("batches", input.Shape.Take(batchDims).Aggregate(1, (product, size) => product * size)),
            ("size", input.Shape[axis]), ("inner", ViewWriter.Strides(input)[axis]), context.Span(op.Outputs[0]));

    private static string Types(Tensor input, Tensor indexes) =>
        $"{input.Type.ToCSharp()}, {indexes.Type.ToCSharp()}";
}
