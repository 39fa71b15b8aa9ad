namespace TinyQuant.Model;

/// <summary>
/// Which copies from and to variables are spared: what is read lies in the variable's own memory as long as nothing is
/// assigned, and what is assigned is computed there where nothing reads the value before it any more. An operator that
/// runs graphs with the same variable may both read and assign it.
/// </summary>
internal sealed class VariableCopies(Graph graph, IReadOnlyDictionary<Tensor, TensorStorage> storages)
{
    private readonly Dictionary<Tensor, List<int>> _uses = Uses(graph);

    /// <summary>The variables, in the order of their first use.</summary>
    public IEnumerable<Tensor> Variables => _uses.Keys;

    /// <summary>The operators, by index, that read or assign a variable, or run a graph that may.</summary>
    public IReadOnlyList<int> UsesOf(Tensor variable) => _uses[variable];

    /// <summary>
    /// The operators, by index, whose copy is spared: ReadVariable and AssignVariable of one variable.
    /// </summary>
    public IEnumerable<int> Spared(Tensor variable)
    {
        List<int> spared = [];
        HashSet<TensorStorage> taken = [];
        int heldUntil = -1; // the last operator that reads what the memory holds
        List<int> uses = _uses[variable];
        for (int i = 0; i < uses.Count; i++)
        {
            int index = uses[i];
            if (!graph.Operators[index].Subgraphs.IsEmpty)
            {
                heldUntil = index;
                continue;
            }

            bool isAssigned = graph.Operators[index] is AssignVariable;
            int nextAssignment = uses.Skip(i + 1).Where(u => graph.Operators[u] is not ReadVariable)
                .DefaultIfEmpty(int.MaxValue).First();
            Tensor copy = isAssigned ? graph.Operators[index].Inputs[0] : graph.Operators[index].Outputs[0];
            bool isSpared = storages.TryGetValue(copy, out TensorStorage? storage)
                && storage.Kind == StorageKind.Arena && storage.Bytes == variable.ByteLength
                && storage.LastUse < nextAssignment
                && (!isAssigned || (heldUntil < storage.FirstUse && !MayEnd(storage.FirstUse, index)))
                && taken.Add(storage);
            heldUntil = Math.Max(isAssigned ? -1 : heldUntil, isSpared ? storage!.LastUse : index);
            if (isSpared)
            {
                spared.Add(index);
            }
        }

        return spared;
    }

    /// <summary>
    /// Whether a run may end from one operator to another: what stands behind is then not assigned, and must not lie in
    /// the variable already.
    /// </summary>
    public bool MayEnd(int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            if (graph.Operators[i].EndsRuns)
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<Tensor, List<int>> Uses(Graph graph)
    {
        Dictionary<Tensor, List<int>> uses = [];
        foreach (Tensor variable in graph.Operators.SelectMany(VariablesOf))
        {
            uses[variable] = [];
        }

        ILookup<string, Tensor> named = uses.Keys.ToLookup(v => v.Name, StringComparer.Ordinal);
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            Operator op = graph.Operators[i];
            IEnumerable<Tensor> inside = op.Reached.SelectMany(GraphStates.Of).SelectMany(s => named[s.Tensor.Name]);
            foreach (Tensor variable in VariablesOf(op).Concat(inside).Distinct())
            {
                uses[variable].Add(i);
            }
        }

        return uses;
    }

    private static IEnumerable<Tensor> VariablesOf(Operator op) => op switch
    {
        ReadVariable read => [read.Variable],
        AssignVariable assign => [assign.Variable],
        _ => [],
    };
}
