namespace TinyQuant.Model;

/// <summary>
/// Which copies from and to variables are spared: what is read lies in the variable's own memory as long as nothing is
/// assigned, and what is assigned is computed there where nothing reads the value before it any more.
/// </summary>
internal sealed class VariableCopies(Graph graph, IReadOnlyDictionary<Tensor, TensorStorage> storages)
{
    private readonly Dictionary<Tensor, List<int>> _uses = Uses(graph);

    /// <summary>The variables, in the order of their first use.</summary>
    public IEnumerable<Tensor> Variables => _uses.Keys;

    /// <summary>The operators, by index, that read or assign a variable.</summary>
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
            bool isAssigned = graph.Operators[index] is AssignVariable;
            int nextAssignment = uses.Skip(i + 1).Where(u => graph.Operators[u] is AssignVariable)
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
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            Tensor? variable = graph.Operators[i] switch
            {
                ReadVariable read => read.Variable,
                AssignVariable assign => assign.Variable,
                _ => null,
            };
            if (variable is null)
            {
                continue;
            }

            if (!uses.TryGetValue(variable, out List<int>? operators))
            {
                uses.Add(variable, operators = []);
            }

            operators.Add(i);
        }

        return uses;
    }
}
