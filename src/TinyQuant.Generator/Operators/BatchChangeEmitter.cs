using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>SpaceToBatchNd and BatchToSpaceNd, any type; one dimension is an image one pixel wide.</summary>
internal sealed class BatchChangeEmitter : IOperatorEmitter
{
    public static readonly BatchChangeEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var change = (BatchChange)op;
        string type = change.Input.Type.ToCSharp();
        string input = context.Span(change.Input);
        KernelArgument shape = Shape(change);
        string output = context.Span(change.Output);
        return change is SpaceToBatchNd
            ? context.Call(op, $"Kernels::SpaceBatch.ToBatch<{type}>", input, shape,
                ("value", change.Output.Quantization?.ZeroPoint ?? 0), output)
            : context.Call(op, $"Kernels::SpaceBatch.ToSpace<{type}>", input, shape, output);
    }

    private static KernelArgument Shape(BatchChange change)
    {
        Tensor space = change.Space;
        Tensor batch = change.Batch;
        bool isImage = change.Block.Length == 2;
        return KernelArgument.New("Kernels::SpaceBatchShape",
            ("batches", space.Shape[0]), ("height", space.Shape[1]), ("width", isImage ? space.Shape[2] : 1),
            ("channels", space.Shape[space.Shape.Length - 1]), ("blockHeight", change.Block[0]),
            ("blockWidth", isImage ? change.Block[1] : 1),
            ("rows", batch.Shape[1]), ("columns", isImage ? batch.Shape[2] : 1), ("top", change.Margins[0]),
            ("left", isImage ? change.Margins[2] : 0));
    }
}
