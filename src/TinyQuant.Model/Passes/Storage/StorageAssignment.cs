namespace TinyQuant.Model;

/// <summary>
/// Which activations share a memory: an alias operator's output with its input, a variable with what is read from it
/// and assigned to it, and an in-place operator's output with an input that nothing reads afterwards.
/// </summary>
internal sealed class StorageAssignment
{
    private readonly Graph _graph;
    private readonly Dictionary<Tensor, TensorStorage> _storages = [];
    private readonly Dictionary<Tensor, int> _lastReads = [];
    private readonly Dictionary<Tensor, int> _offsets = [];
    private readonly HashSet<int> _shared = [];
    private readonly HashSet<int> _done = [];

    /// <param name="graph">A valid graph.</param>
    /// <param name="inPlace">Whether an operator, by index, may write over its input; some must not, so that a large
    /// memory is not kept for a small tensor.</param>
    /// <param name="window">Whether a window over time is kept where it is computed.</param>
    public StorageAssignment(
        Graph graph, Func<InPlaceCandidate, bool> inPlace, Func<StreamingWindow, bool> window)
    {
        _graph = graph;
        AddStorages();
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            if (graph.Operators[i].IsAlias)
            {
                ShareAlias(i);
            }
        }

        var copies = new VariableCopies(graph, _storages);
        foreach (Tensor variable in copies.Variables)
        {
            foreach (int index in copies.Spared(variable))
            {
                Operator op = graph.Operators[index];
                Share(index, _storages[variable], _storages[op.WritesState ? op.Inputs[0] : op.Outputs[0]]);
                _done.Add(index);
            }
        }

        foreach (StreamingWindow found in StreamingWindow.Find(graph, copies, _storages).Where(window).ToList())
        {
            Keep(found);
        }

        for (int i = 0; i < graph.Operators.Length; i++)
        {
            if (FindInPlace(i) is { } candidate && inPlace(candidate))
            {
                Share(i, candidate.Input);
            }
        }
    }

    /// <summary>Every memory, in the order of its first tensor.</summary>
    public IEnumerable<TensorStorage> Storages =>
        _graph.Tensors.Where(_storages.ContainsKey).Select(t => _storages[t]).Distinct();

    /// <summary>The memory of an activation or a state.</summary>
    public TensorStorage this[Tensor tensor] => _storages[tensor];

    /// <summary>Whether an operator's output and one of its inputs are in one memory.</summary>
    public bool IsShared(int operatorIndex) => _shared.Contains(operatorIndex);

    /// <summary>Whether an operator has nothing to do: its output is its input, in one memory.</summary>
    public bool IsDone(int operatorIndex) => _done.Contains(operatorIndex);

    /// <summary>Where a tensor begins in its memory, in bytes.</summary>
    public int OffsetOf(Tensor tensor) => _offsets.TryGetValue(tensor, out int offset) ? offset : 0;

    private void AddStorages()
    {
        int last = _graph.Operators.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            foreach (Tensor input in _graph.Operators[i].Inputs)
            {
                _lastReads[input] = i;
            }
        }

        foreach (Tensor input in _graph.Inputs)
        {
            _storages[input] = new TensorStorage(StorageKind.Input, input, 0, last);
        }

        for (int i = 0; i <= last; i++)
        {
            Operator op = _graph.Operators[i];
            foreach (Tensor state in op.Inputs.Concat(op.Outputs).Where(t => t.IsVariable && !_storages.ContainsKey(t)))
            {
                _storages[state] = new TensorStorage(StorageKind.State, state, 0, last);
            }

            foreach (Tensor output in op.Outputs.Where(t => !t.IsVariable))
            {
                StorageKind kind = _graph.Outputs.Contains(output) ? StorageKind.Output : StorageKind.Arena;
                _storages[output] = new TensorStorage(kind, output, i, Math.Max(i, LastRead(output)));
            }
        }
    }

    private int LastRead(Tensor tensor) => _lastReads.TryGetValue(tensor, out int index) ? index : -1;

    private void ShareAlias(int index)
    {
        Operator op = _graph.Operators[index];
        if (!_storages.TryGetValue(op.Inputs[0], out TensorStorage? from))
        {
            return; // a constant
        }

        bool callersSpanIsItsOwn = _storages[op.Outputs[0]].Kind == StorageKind.Output
            && from.Kind != StorageKind.Arena;
        if (!callersSpanIsItsOwn)
        {
            Share(index, op.Inputs[0]);
            _done.Add(index);
        }
    }

    private InPlaceCandidate? FindInPlace(int index)
    {
        Operator op = _graph.Operators[index];
        foreach (int input in op.InPlaceInputs)
        {
            Tensor from = op.Inputs[input];
            if (!op.IsAlias && _storages.TryGetValue(from, out TensorStorage? storage)
                && storage.Kind == StorageKind.Arena
                && storage.LastUse <= index && _storages[op.Outputs[0]].Kind == StorageKind.Arena
                && op.Outputs[0].ByteLength <= from.ByteLength)
            {
                return new InPlaceCandidate(
                    index, from, IsFree: op.InPlaceScratchBytes == 0 && from.ByteLength == op.Outputs[0].ByteLength);
            }
        }

        return null;
    }

    private void Keep(StreamingWindow window)
    {
        TensorStorage state = _storages[window.Variable];
        TensorStorage whole = _storages[window.Window];
        foreach (Tensor tensor in state.Tensors)
        {
            _offsets[tensor] = window.Offset;
        }

        state.Absorb(whole);
        foreach (Tensor tensor in whole.Tensors)
        {
            _storages[tensor] = state;
        }

        _done.Add(window.Slice);
    }

    private void Share(int index, Tensor input) =>
        Share(index, _storages[input], _storages[_graph.Operators[index].Outputs[0]]);

    private void Share(int index, TensorStorage storage, TensorStorage other)
    {
        storage.Absorb(other);
        foreach (Tensor tensor in other.Tensors)
        {
            _storages[tensor] = storage;
        }

        _shared.Add(index);
    }
}

/// <summary>An operator that could write over an input.</summary>
/// <param name="OperatorIndex">The operator.</param>
/// <param name="Input">What it would overwrite.</param>
/// <param name="IsFree">Whether that costs nothing: no scratch, and no memory that is larger than its tensor.</param>
internal sealed record InPlaceCandidate(int OperatorIndex, Tensor Input, bool IsFree);
