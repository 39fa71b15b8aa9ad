using TinyQuant.Model;
using TinyQuant.Training.Codes;

namespace TinyQuant.Training.Quantizers;

/// <summary>A float32 graph with other values in its constants.</summary>
internal static class ConstantRewriter
{
    /// <summary>The graph with these values in place of those of the same name.</summary>
    public static Graph Replace(Graph graph, IReadOnlyDictionary<string, float[]> values, string note)
    {
        var rewriter = new GraphRewriter(GraphValidator.Require(graph));
        foreach (Tensor tensor in graph.Tensors.Where(t => values.ContainsKey(t.Name)))
        {
            rewriter.Replace(tensor, new Tensor(
                tensor.Name, TensorType.Float32, tensor.Shape, data: Constants.FromFloats(values[tensor.Name])));
        }

        return rewriter.Apply(note);
    }
}
