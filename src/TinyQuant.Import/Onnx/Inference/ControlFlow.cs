using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Operators that run graphs: <c>If</c> of a constant condition is the branch that it takes.</summary>
internal static class ControlFlow
{
    /// <summary>Whether it was taken out, for what is there in its place.</summary>
    /// <exception cref="UnsupportedException">It cannot be.</exception>
    public static bool Replace(Network network, Node node)
    {
        if (node.Is("Loop") || node.Is("Scan"))
        {
            throw new UnsupportedException("loops are not supported; expected a model that is exported without");
        }

        if (!node.Is("If"))
        {
            return false;
        }

        long condition = node.Known(0, "the condition")?.SingleInteger
            ?? throw new UnsupportedException("the condition is missing, or more than one");
        OnnxGraph branch = node.Attributes.Graph(condition != 0 ? "then_branch" : "else_branch")
            ?? throw new UnsupportedException("it has no graph for its condition");
        network.Placer!.Replace(node, branch);
        return true;
    }
}
