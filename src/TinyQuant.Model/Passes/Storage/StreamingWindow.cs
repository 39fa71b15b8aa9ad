namespace TinyQuant.Model;

/// <summary>
/// A window over time that is kept where it is computed: the rows of the last runs, which a variable holds, and behind
/// them the new ones. The variable is the window's own end; the concatenation moves it to the front and puts the new
/// rows behind it, and what it leaves at the end is what is to be kept. Neither the slice nor the assignment has
/// anything to copy.
/// </summary>
/// <param name="Variable">What is kept.</param>
/// <param name="Window">The concatenation's output.</param>
/// <param name="Concatenation">The operator that puts the new rows behind the kept ones.</param>
/// <param name="Slice">The operator that takes the last rows, which are assigned.</param>
internal sealed record StreamingWindow(Tensor Variable, Tensor Window, int Concatenation, int Slice)
{
    /// <summary>Where the variable lies in the window, in bytes.</summary>
    public int Offset => Window.ByteLength - Variable.ByteLength;

    /// <summary>The windows of a graph in which neither what is read nor what is assigned is copied.</summary>
    public static IEnumerable<StreamingWindow> Find(
        Graph graph, VariableCopies copies, IReadOnlyDictionary<Tensor, TensorStorage> storages)
    {
        Dictionary<Tensor, int> writers = Writers(graph);
        foreach (Tensor variable in copies.Variables)
        {
            if (copies.UsesOf(variable) is [int read, int assignment]
                && graph.Operators[read] is ReadVariable { Output: var kept }
                && graph.Operators[assignment] is AssignVariable { Value: var next }
                && storages[variable] is var state && storages[kept] == state && storages[next] == state
                && graph.Operators[writers[next]] is Slicing { Input: var window, IsAlias: false } slice
                && writers.TryGetValue(window, out int index)
                && graph.Operators[index] is Concatenation concatenation && IsWindow(concatenation, slice, kept)
                && storages[window] is { Kind: StorageKind.Arena } whole && whole.Bytes == window.ByteLength
                && whole.FirstUse == index && !copies.MayEnd(index, assignment)
                && !ReadsAfter(graph, storages, state, next, index))
            {
                yield return new StreamingWindow(variable, window, index, writers[next]);
            }
        }
    }

    private static Dictionary<Tensor, int> Writers(Graph graph)
    {
        Dictionary<Tensor, int> writers = [];
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            foreach (Tensor output in graph.Operators[i].Outputs)
            {
                writers[output] = i;
            }
        }

        return writers;
    }

    /// <summary>
    /// Whether the kept rows come first, and the last of all rows are sliced, in one piece of memory.
    /// </summary>
    private static bool IsWindow(Concatenation concatenation, Slicing slice, Tensor kept)
    {
        int axis = concatenation.Axis;
        Tensor window = concatenation.Output;
        return concatenation.Inputs[0] == kept && concatenation.Inputs.Skip(1).All(t => t != kept)
            && window.Shape.Take(axis).All(size => size == 1) && slice.Output.ByteLength == kept.ByteLength
            && slice.Strides.All(step => step == 1)
            && Enumerable.Range(0, window.Shape.Length).All(d => d == axis
                ? slice.Begin[d] + slice.Size[d] == window.Shape[d]
                : slice.Begin[d] == 0 && slice.Size[d] == window.Shape[d]);
    }

    /// <summary>
    /// Whether something reads the kept rows later than the concatenation, which moves them: under any shape, but for
    /// the rows that are sliced.
    /// </summary>
    private static bool ReadsAfter(
        Graph graph, IReadOnlyDictionary<Tensor, TensorStorage> storages, TensorStorage state, Tensor next,
        int concatenation)
    {
        HashSet<Tensor> sliced = [next];
        for (int i = concatenation + 1; i < graph.Operators.Length; i++)
        {
            Operator op = graph.Operators[i];
            if (op.Inputs.Any(t => !t.IsVariable && !sliced.Contains(t)
                && storages.TryGetValue(t, out TensorStorage? storage) && storage == state))
            {
                return true;
            }

            if (op.IsAlias && sliced.Contains(op.Inputs[0]))
            {
                sliced.Add(op.Outputs[0]);
            }
        }

        return false;
    }
}
