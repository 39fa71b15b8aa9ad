using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// An operator of a network over its values. Operands are changed by its methods, so that values know who reads and
/// who writes them.
/// </summary>
internal sealed class Node
{
    private readonly List<Value?> _inputs = [];
    private readonly List<Value?> _outputs = [];

    /// <summary>A node that is in no network yet.</summary>
    /// <param name="op">The operator's name.</param>
    /// <param name="inputs">What it reads; null where an optional input is missing.</param>
    /// <param name="outputs">What it writes, which nothing else does; null where nobody wants an output.</param>
    public Node(string op, IEnumerable<Value?> inputs, IEnumerable<Value?> outputs)
    {
        Operator = op;
        SetInputs(inputs);
        SetOutputs(outputs);
    }

    /// <summary>The operator's name; a pass that turns it into another one sets it.</summary>
    public string Operator { get; set; }

    /// <summary>Whose operator it is; empty for ONNX's own.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The version of its domain's operators that it is of; behind Versions it is the newest.</summary>
    public int Version { get; set; } = Networks.Network.NewestVersion;

    /// <summary>Its name in the file, for messages; empty where it has none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its place in the file, or that of the node it was made from; for messages.</summary>
    public int Index { get; set; }

    public Attributes Attributes { get; init; } = new();

    /// <summary>What it reads; null where an optional input is missing. The last one is none of these.</summary>
    public IReadOnlyList<Value?> Inputs => _inputs;

    /// <summary>What it writes; null where nobody wants an output. The last one is none of these.</summary>
    public IReadOnlyList<Value?> Outputs => _outputs;

    /// <summary>
    /// Values of the network that the graphs in its attributes read, by their names there. It reads them as it does its
    /// inputs.
    /// </summary>
    public ImmutableDictionary<string, Value> Captures { get; private set; } =
        ImmutableDictionary<string, Value>.Empty;

    /// <summary>What names and references mean in the graphs in its attributes; null where it has none.</summary>
    public Scope? Scope { get; internal set; }

    /// <summary>The network it is in; null where it is in none, or no longer.</summary>
    public Network? Network { get; internal set; }

    /// <summary>The one before it in its network.</summary>
    public Node? Previous { get; internal set; }

    /// <summary>The one behind it in its network; of one that was removed, where the walk over them goes on.</summary>
    public Node? Next { get; internal set; }

    /// <summary>The input at a place; null where it is missing.</summary>
    public Value? Input(int place) => place < _inputs.Count ? _inputs[place] : null;

    /// <summary>The input at a place, which must be there.</summary>
    /// <exception cref="UnsupportedException">It is missing.</exception>
    public Value Required(int place) =>
        Input(place) ?? throw new UnsupportedException(Invariant($"input {place} is missing"));

    /// <summary>Its first output, which must be there.</summary>
    /// <exception cref="UnsupportedException">It is missing.</exception>
    public Value Output => OutputAt(0) ?? throw new UnsupportedException("it has no output");

    /// <summary>The output at a place; null where nobody wants it.</summary>
    public Value? OutputAt(int place) => place < _outputs.Count ? _outputs[place] : null;

    /// <summary>Whether it is an operator of ONNX itself, of that name.</summary>
    public bool Is(string op) => Domain.Length == 0 && Operator == op;

    /// <summary>Another value in an input's place, which may be one behind the last.</summary>
    public void SetInput(int place, Value? value)
    {
        while (_inputs.Count <= place)
        {
            _inputs.Add(null);
        }

        _inputs[place]?.RemoveReader(this);
        _inputs[place] = value;
        value?.AddReader(this);
        Trim(_inputs);
    }

    /// <summary>Other inputs in the place of all.</summary>
    public void SetInputs(IEnumerable<Value?> values)
    {
        Value?[] taken = [.. values];
        foreach (Value? input in _inputs)
        {
            input?.RemoveReader(this);
        }

        _inputs.Clear();
        _inputs.AddRange(taken);
        foreach (Value? input in taken)
        {
            input?.AddReader(this);
        }

        Trim(_inputs);
    }

    /// <summary>Other outputs in the place of all.</summary>
    public void SetOutputs(IEnumerable<Value?> values)
    {
        Value?[] taken = [.. values];
        foreach (Value output in _outputs.OfType<Value>().Where(o => o.Producer == this))
        {
            output.Producer = null;
        }

        _outputs.Clear();
        _outputs.AddRange(taken);
        foreach (Value output in taken.OfType<Value>())
        {
            output.Producer = this;
        }

        Trim(_outputs);
    }

    /// <summary>Other captured values in the place of all.</summary>
    public void SetCaptures(ImmutableDictionary<string, Value> captures)
    {
        foreach (Value value in Captures.Values)
        {
            value.RemoveReader(this);
        }

        Captures = captures;
        foreach (Value value in captures.Values)
        {
            value.AddReader(this);
        }
    }

    /// <summary>Another value wherever it reads one.</summary>
    public void ReplaceReads(Value old, Value other)
    {
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (_inputs[i] == old)
            {
                SetInput(i, other);
            }
        }

        if (Captures.ContainsValue(old))
        {
            SetCaptures(Captures.SetItems(Captures.Where(c => c.Value == old)
                .Select(c => KeyValuePair.Create(c.Key, other))));
        }
    }

    /// <summary>It reads nothing any more.</summary>
    internal void Release()
    {
        SetInputs([]);
        SetCaptures(ImmutableDictionary<string, Value>.Empty);
    }

    public override string ToString() =>
        $"{string.Join(", ", _outputs.Select(o => o?.Name))} = {Operator}("
            + $"{string.Join(", ", _inputs.Select(i => i?.Name))})";

    private static void Trim(List<Value?> values)
    {
        while (values.Count > 0 && values[^1] is null)
        {
            values.RemoveAt(values.Count - 1);
        }
    }
}
