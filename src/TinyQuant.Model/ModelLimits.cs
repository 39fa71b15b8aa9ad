namespace TinyQuant.Model;

/// <summary>
/// The most of each that a model may have, in whatever form it comes. They are far above every published model that fits a
/// small device; what lies above is an error of <see cref="GraphValidator"/>, before anything takes time or memory for it.
/// </summary>
public static class ModelLimits
{
    /// <summary>Operators; large published models have a thousand.</summary>
    public const int Operators = 10_000;

    /// <summary>Tensors, constants included.</summary>
    public const int Tensors = 20_000;

    /// <summary>What one operator reads, or writes; and inputs, or outputs, of the model.</summary>
    public const int Operands = 1_024;

    /// <summary>Dimensions of a tensor.</summary>
    public const int Dimensions = 8;

    /// <summary>Bytes of a tensor, in the type that computes: what one array or span can hold.</summary>
    public const int TensorBytes = int.MaxValue;

    /// <summary>Characters of a tensor's name; TensorFlow makes whole scopes of them.</summary>
    public const int NameLength = 4_096;

    /// <summary>What of a graph is beyond a limit, with the line it is in; nothing where all is within.</summary>
    internal static IEnumerable<ModelError> Errors(Graph graph)
    {
        if (graph.Operators.Length > Operators)
        {
            yield return Error(graph.Operators[Operators].Line, Invariant($"the model has {graph.Operators.Length} operators"), Operators);
        }
        if (graph.Tensors.Length > Tensors)
        {
            yield return Error(graph.Tensors[Tensors].Line, Invariant($"the model has {graph.Tensors.Length} tensors"), Tensors);
        }
        if (Math.Max(graph.Inputs.Length, graph.Outputs.Length) > Operands)
        {
            yield return Error(0, Invariant($"the model has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs"), Operands);
        }
        foreach (Operator op in graph.Operators.Where(o => Math.Max(o.Inputs.Length, o.Outputs.Length) > Operands).Take(1))
        {
            yield return Error(op.Line, Invariant($"{op.Kind} reads {op.Inputs.Length} tensors and writes {op.Outputs.Length}"), Operands);
        }
        foreach (Tensor tensor in graph.Tensors.Where(t => t.Name.Length > NameLength).Take(1))
        {
            yield return Error(tensor.Line, Invariant($"the name of a tensor has {tensor.Name.Length} characters, '{tensor.Name.Substring(0, 40)}...'"), NameLength);
        }
    }

    private static ModelError Error(int line, string what, int most) =>
        new(ModelErrorKind.Mismatch, Math.Max(0, line), 0, 1, Invariant($"{what}; expected at most {most}"));
}
