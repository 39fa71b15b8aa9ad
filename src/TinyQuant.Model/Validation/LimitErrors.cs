namespace TinyQuant.Model;

/// <summary>What of a graph is beyond <see cref="ModelLimits"/>.</summary>
internal static class LimitErrors
{
    /// <summary>What of a graph is beyond a limit, with the line it is in; nothing where all is within.</summary>
    public static IEnumerable<ModelError> Of(Graph graph)
    {
        if (graph.Operators.Length > ModelLimits.Operators)
        {
            yield return Error(graph.Operators[ModelLimits.Operators].Line,
                Invariant($"the model has {graph.Operators.Length} operators"), ModelLimits.Operators);
        }

        if (graph.Tensors.Length > ModelLimits.Tensors)
        {
            yield return Error(graph.Tensors[ModelLimits.Tensors].Line,
                Invariant($"the model has {graph.Tensors.Length} tensors"), ModelLimits.Tensors);
        }

        if (Math.Max(graph.Inputs.Length, graph.Outputs.Length) > ModelLimits.Operands)
        {
            yield return Error(0,
                Invariant($"the model has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs"),
                ModelLimits.Operands);
        }

        foreach (Operator op in graph.Operators.Where(o =>
            Math.Max(o.Inputs.Length, o.Outputs.Length) > ModelLimits.Operands).Take(
            1))
        {
            yield return Error(op.Line,
                Invariant($"{op.Kind} reads {op.Inputs.Length} tensors and writes {op.Outputs.Length}"),
                ModelLimits.Operands);
        }

        foreach (Tensor tensor in graph.Tensors.Where(t => t.Name.Length > ModelLimits.NameLength).Take(1))
        {
            yield return Error(tensor.Line,
                Invariant($"the name of a tensor has {tensor.Name.Length} characters, ")
                    + Invariant($"'{tensor.Name.Substring(0, 40)}...'"), ModelLimits.NameLength);
        }
    }

    private static ModelError Error(int line, string what, int most) =>
        new(ModelErrorKind.Mismatch, Math.Max(0, line), 0, 1, Invariant($"{what}; expected at most {most}"));
}
