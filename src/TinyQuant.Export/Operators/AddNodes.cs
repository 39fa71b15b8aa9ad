using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>ADD of two activations.</summary>
internal static class AddNodes
{
    public static void Add(OnnxGraph graph, Add op)
    {
        if (op.Inputs.Any(t => t.IsImage() != op.Output.IsImage()))
        {
            throw new UnsupportedException(
                $"{op.Left} and {op.Right} are not supported; expected both with four dimensions, or neither");
        }

        graph.Store(op.Output, graph.Node("Add", [graph.Real(op.Left), graph.Real(op.Right)]), op.Activation);
    }
}
