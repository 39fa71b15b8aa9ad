using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>BatchMatMul, int8, int16 and float32.</summary>
internal sealed class BatchMatMulEmitter : IOperatorEmitter
{
    private const int MatrixRank = 2;

    public static readonly BatchMatMulEmitter Instance = new();

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var product = (BatchMatMul)op;
        string x = context.Span(product.X);
        string y = context.Span(product.Y);
        KernelArgument batches = BroadcastWriter.Write(
            "batches", Batches(product.X), Batches(product.Y), product.Output, Batches(product.Output), context);
        KernelArgument shape = KernelArgument.New("Kernels::BatchMatMulShape",
            ("rows", product.Rows), ("depth", product.Depth), ("columns", product.Columns),
            ("transposesX", product.AdjX ? "true" : "false"), ("transposesY", product.AdjY ? "true" : "false"));
        string output = context.Span(product.Output);
        if (product.Output.Type == TensorType.Int16)
        {
            return context.Call(op, "Kernels::BatchMatMul.Int16", x, y, batches, shape,
                Int16RequantizationEmitter.Write(
                    context, product.Output, Activation.None, has64Bits: true, zeroPoint: 0, [Real(product)]), output);
        }

        return product.Output.Type == TensorType.Float32
            ? context.Call(op, "Kernels::BatchMatMul.Float32", x, y, batches, shape, output)
            : context.Call(op, $"Kernels::BatchMatMul.Int8<{TypeArguments.Requantizer(context.Graph.Rounding)}>",
                x, ("zeroPointX", product.X.Quantization!.ZeroPoint), y,
                ("zeroPointY", product.Y.Quantization!.ZeroPoint),
                batches, shape, Requantization(product, context), output);
    }

    /// <summary>
    /// The product of the scales is float32, as in <c>tensorflow/lite/micro/kernels/batch_matmul_common.cc</c>.
    /// </summary>
    private static KernelArgument Requantization(BatchMatMul op, LoweringContext context)
    {
        float product = Product(op);
        float output = op.Output.Quantization!.Scale;
        return RequantizationEmitter.Write(
            context, context.Graph.Rounding, op.Output, Activation.None, [Real(op)], [product / output]);
    }

    private static float Product(BatchMatMul op) => op.X.Quantization!.Scale * op.Y.Quantization!.Scale;

    private static double Real(BatchMatMul op) => (double)Product(op) / op.Output.Quantization!.Scale;

    /// <summary>The dimensions before those of a matrix.</summary>
    private static ImmutableArray<int> Batches(Tensor tensor) =>
        tensor.Shape.RemoveRange(tensor.Shape.Length - MatrixRank, MatrixRank);
}
