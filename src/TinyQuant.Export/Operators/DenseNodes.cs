using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>FULLY_CONNECTED as Gemm.</summary>
internal static class DenseNodes
{
    public static void Add(OnnxGraph graph, FullyConnected op)
    {
        if (op.IsHybrid)
        {
            throw new UnsupportedException(
                "float32 activations with int8 weights are not supported; expected all int8 or all float32");
        }

        if (!op.HasPlainWeights)
        {
            throw new UnsupportedException(
                $"weights {op.Weights} that are computed or have a zero point are not supported; expected constants "
                    + "around 0");
        }

        int outputs = op.Weights.Shape[0];
        byte[] data = [.. op.Weights.Data!.Value];
        Tensor rows = Rows(op.Input, op.Rows, op.Depth);
        if (TakesWholeImage(op))
        {
            // Weights in the order of the image's elements in ONNX: no element of the image has to move.
            data = Layout.Permute(
                data, op.Weights.Type.SizeInBytes(), [outputs, .. op.Input.Shape.Skip(1)], [.. Layout.ToOnnx]);
            ShapeNodes.Keep(graph, op.Input, rows);
        }
        else if (!ReferenceEquals(rows, op.Input))
        {
            ShapeNodes.Reshape(graph, op.Input, rows);
        }

        string weights = graph.Weights(op.Weights, data, 0, outputs, op.Depth);
        string input = graph.Real(rows);
        string[] inputs = op.Bias is { } bias
            ? [input, weights, graph.Bias(bias, op.Input, op.Weights)]
            : [input, weights];
        string product = graph.Node("Gemm", inputs, Attributes.Of("transB", 1));
        Tensor result = Rows(op.Output, op.Rows, outputs);
        graph.Store(result, product, op.Activation);
        if (!ReferenceEquals(result, op.Output))
        {
            ShapeNodes.Reshape(graph, result, op.Output);
        }
    }

    // The tensor itself where it is a matrix already.
    private static Tensor Rows(Tensor tensor, int rows, int columns) =>
        tensor.Shape.Length == 2 && tensor.Shape[0] == rows
        ? tensor
        : new Tensor(Invariant($"{tensor.Name}:{rows}x{columns}"), tensor.Type, [rows, columns], tensor.Quantization);

    private static bool TakesWholeImage(FullyConnected op) => op.Input.IsReordered() && op.Rows == op.Input.Shape[0];
}
