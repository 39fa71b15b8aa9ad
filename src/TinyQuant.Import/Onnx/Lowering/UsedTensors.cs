using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>What a mapping has made and then does not need.</summary>
internal static class UsedTensors
{
    /// <summary>
    /// The graph without operators whose outputs nobody reads, and without tensors that no operator has.
    /// </summary>
    public static Graph Keep(Graph graph)
    {
        var needed = new HashSet<Tensor>(graph.Outputs);
        var kept = new Stack<Operator>();
        foreach (Operator op in graph.Operators.Reverse())
        {
            if (op.Outputs.Any(needed.Contains))
            {
                needed.UnionWith(op.Inputs);
                needed.UnionWith(op.Outputs);
                kept.Push(op);
            }
        }

        needed.UnionWith(graph.Inputs);
        return graph with
        {
            Operators = [.. kept],
            Tensors = [.. graph.Tensors.Where(needed.Contains)],
        };
    }
}
