namespace TinyQuant.Model;

/// <summary>What holds between an operator and the graphs that it runs.</summary>
internal static class SubgraphChecks
{
    /// <summary>A condition: bool, one element.</summary>
    public static IEnumerable<string> Condition(Tensor tensor)
    {
        foreach (string error in Checks.SameType([TensorType.Bool], tensor))
        {
            yield return error;
        }

        if (tensor.ElementCount != 1)
        {
            yield return Invariant($"the condition '{tensor.Name}' {tensor.ShapeText} has {tensor.ElementCount} ")
                + "elements; expected one";
        }
    }

    /// <summary>The graph reads these tensors of the operator.</summary>
    public static IEnumerable<string> Reads(Graph graph, string key, IReadOnlyList<Tensor> tensors) =>
        Same($"the inputs of '{key}'", graph.Inputs, "what it is given", tensors);

    /// <summary>The graph computes these tensors of the operator.</summary>
    public static IEnumerable<string> Writes(Graph graph, string key, IReadOnlyList<Tensor> tensors) =>
        Same($"the outputs of '{key}'", graph.Outputs, "the operator's outputs", tensors);

    /// <summary>
    /// As many tensors, of the same types and sizes. Codes are copied, as in TensorFlow Lite, whatever their scales.
    /// </summary>
    public static IEnumerable<string> Same(
        string whose, IReadOnlyList<Tensor> tensors, string others, IReadOnlyList<Tensor> expected)
    {
        if (tensors.Count != expected.Count)
        {
            yield return Invariant($"{whose} are {tensors.Count}; expected {expected.Count}, as {others} are");
            yield break;
        }

        for (int i = 0; i < tensors.Count; i++)
        {
            if (tensors[i].Type != expected[i].Type || tensors[i].ElementCount != expected[i].ElementCount)
            {
                yield return $"{whose} have '{tensors[i]}' where {others} have '{expected[i]}'; expected the same type "
                    + "and as many elements";
            }
        }
    }
}
