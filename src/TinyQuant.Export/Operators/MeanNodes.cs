using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>MEAN: of an image's rows and columns as GlobalAveragePool, else as ReduceMean.</summary>
internal static class MeanNodes
{
    public static void Add(OnnxGraph graph, Mean op)
    {
        if (!op.KeepDims && !IsInOrder(op))
        {
            throw new UnsupportedException(
                $"a mean along axes {string.Join(", ", op.Axes.Select(n => Invariant($"{n}")))} of {op.Input} to "
                    + $"{op.Output} is not supported; "
                + "expected axes 1 and 2 of an image, or all dimensions kept");
        }

        string input = graph.Real(op.Input);
        if (op.Input.IsImage() && op.Axes.SequenceEqual([1, 2]))
        {
            string mean = graph.Node("GlobalAveragePool", [input]);
            graph.Store(op.Output, op.KeepDims ? mean : graph.Node("Flatten", [mean]));
            return;
        }

        graph.Store(op.Output, graph.Node("ReduceMean", [input],
            Attributes.Of("axes", op.Axes.Select(a => op.Input.OnnxAxis(a)).Order()),
            Attributes.Of("keepdims", op.KeepDims ? 1 : 0)));
    }

    // Whether the dimensions that are left follow each other in ONNX as in the graph, and are no image's.
    private static bool IsInOrder(Mean op)
    {
        int[] left = [
            .. Enumerable.Range(0, op.Input.Shape.Length).Where(d => !op.Axes.Contains(d))
            .Select(d => op.Input.OnnxAxis(d))];
        return !op.Output.IsImage() && left.SequenceEqual(left.Order());
    }
}
