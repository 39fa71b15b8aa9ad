using TinyQuant.Export.Onnx;
using TinyQuant.Model;

namespace TinyQuant.Export.Operators;

/// <summary>One tensor's elements under another shape.</summary>
internal static class ShapeNodes
{
    /// <summary>
    /// In the graph's order of elements: an image is transposed before and after where its elements would move.
    /// </summary>
    public static void Reshape(OnnxGraph graph, Tensor input, Tensor output)
    {
        string value = input.Name;
        if (input.Shape.SequenceEqual(output.Shape))
        {
            graph.Node("Identity", output.Name, [value]);
            return;
        }

        if (input.IsReordered())
        {
            value = graph.Node("Transpose", [value], Attributes.Of("perm", Layout.ToGraph));
        }

        if (!output.IsReordered())
        {
            graph.Node("Reshape", output.Name, [value, graph.Constant(output.Name + ":shape", output.OnnxShape())]);
            return;
        }

        value = graph.Node(
            "Reshape", [value, graph.Constant(output.Name + ":shape", [.. output.Shape.Select(d => (long)d)])]);
        graph.Node("Transpose", output.Name, [value], Attributes.Of("perm", Layout.ToOnnx));
    }

    /// <summary>In the order of elements that they have in ONNX: nothing moves.</summary>
    public static void Keep(OnnxGraph graph, Tensor input, Tensor output) =>
        graph.Node("Reshape", output.Name, [input.Name, graph.Constant(output.Name + ":shape", output.OnnxShape())]);
}
