using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>SOFTMAX along the last dimension, which an image has as its second in ONNX.</summary>
internal static class SoftmaxNodes
{
    public static void Add(OnnxGraph graph, Softmax op) =>
        graph.Store(op.Output, graph.Node("Softmax", [graph.Real(op.Input, op.Beta)],
        Attributes.Of("axis", op.Input.OnnxAxis(op.Input.Shape.Length - 1))));
}
