using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>Functions of one element.</summary>
internal static class UnaryNodes
{
    public static void Add(OnnxGraph graph, UnaryOperator op)
    {
        string input = graph.Real(op.Input);
        graph.Store(op.Output, op switch
        {
            Logistic => graph.Node("Sigmoid", [input]),
            Relu => graph.Node("Relu", [input]),
            Relu6 => Clip(Activation.Relu6),
            ReluN1To1 => Clip(Activation.ReluN1To1),
            _ => throw new UnsupportedException("it is not supported"),
        });

        string Clip(Activation activation)
        {
            (float min, float max) = activation.Range();
            return graph.Node("Clip",
                [input, graph.Constant(op.Output.Name + ":min", [min]),
                    graph.Constant(op.Output.Name + ":max", [max])]);
        }
    }
}
