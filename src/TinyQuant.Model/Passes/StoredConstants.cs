namespace TinyQuant.Model;

/// <summary>
/// Constants in a form that saves room, int4 and float16. What computes sees them as int8 and float32.
/// </summary>
public static class StoredConstants
{
    /// <summary>
    /// The graph with every such constant widened; the graph itself where there is none. <see cref="Tensor.Stored"/> of
    /// a widened one is what it was. Whoever reads data of constants, or types of operators' inputs, does this first.
    /// </summary>
    /// <param name="graph">A graph whose tensors are right by themselves.</param>
    public static Graph Widen(Graph graph)
    {
        var widened = graph.Tensors.Where(IsStored).Distinct().ToDictionary(t => t, Widen);
        if (widened.Count == 0)
        {
            return graph;
        }

        Tensor Of(Tensor tensor) => widened.TryGetValue(tensor, out Tensor? found) ? found : tensor;
        return graph with
        {
            Tensors = [.. graph.Tensors.Select(Of)],
            Operators = [
                .. graph.Operators.Select(o =>
                    o.Inputs.Any(widened.ContainsKey) ? o.With([.. o.Inputs.Select(Of)], o.Outputs) : o)],
        };
    }

    /// <summary>A valid graph widened, which is valid too: what an operator checks is the widened form.</summary>
    public static ValidGraph Widen(ValidGraph valid) =>
        Widen(valid.Graph) is var graph && ReferenceEquals(graph, valid.Graph) ? valid : new ValidGraph(graph);

    /// <summary>One operator with its constants widened.</summary>
    internal static Operator Widen(Operator op) =>
        op.Inputs.Any(IsStored) ? op.With([.. op.Inputs.Select(t => IsStored(t) ? Widen(t) : t)], op.Outputs) : op;

    private static bool IsStored(Tensor tensor) => tensor.Type.IsStorage() && tensor.IsConstant;

    private static Tensor Widen(Tensor tensor) =>
        tensor.Type == TensorType.Int4 ? Int4Data.Widen(tensor) : Float16Data.Widen(tensor);
}
