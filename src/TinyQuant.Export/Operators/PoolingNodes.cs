using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>
/// The pools. Of int8 images the greatest code is the greatest real, so that a MaxPool takes them as they are.
/// </summary>
internal static class PoolingNodes
{
    public static void Add(OnnxGraph graph, AveragePool2D op)
    {
        bool isGlobal = (op.Output.Shape[1], op.Output.Shape[2]) == (1, 1)
            && op.Filter == (op.Input.Shape[1], op.Input.Shape[2]);
        string input = graph.Real(op.Input);
        graph.Store(op.Output,
            isGlobal ? graph.Node("GlobalAveragePool", [input]) : graph.Node("AveragePool", [input], Window(op)),
            op.Window.Activation);
    }

    public static void Add(OnnxGraph graph, MaxPool2D op)
    {
        if (op.Input.Type == TensorType.Int8 && Codes.IsNone(op.Window.Activation, op.Output))
        {
            graph.Node("MaxPool", op.Output.Name, [op.Input.Name], Window(op));
            return;
        }

        graph.Store(op.Output, graph.Node("MaxPool", [graph.Real(op.Input)], Window(op)), op.Window.Activation);
    }

    private static Onnx.AttributeProto[] Window(Pooling op) =>
    [
        Attributes.Of("kernel_shape", [op.Filter.Height, op.Filter.Width]),
        Attributes.Of("strides", [op.Window.StrideHeight, op.Window.StrideWidth]),
        Attributes.Of("pads", Pads.Of(op.Input, op.Output, op.Filter, op.Window)),
    ];
}
