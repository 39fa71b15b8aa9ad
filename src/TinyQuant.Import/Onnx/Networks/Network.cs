namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// A network that is being turned from what a file has into what the runtime does: nodes over values, each of which is
/// written once. Nodes are in an order in which each is behind those it reads from; who adds one keeps it.
/// </summary>
/// <example>
/// A pass walks over the nodes, and may add and remove any meanwhile; nodes that it adds behind the current one are
/// walked over:
/// <code>
/// foreach (Node node in network.Nodes.Where(n =&gt; n.Is("Identity")))
/// {
///     network.Replace(node.Output, node.Required(0));
///     network.Remove(node);
/// }
/// </code>
/// </example>
internal sealed class Network
{
    /// <summary>The newest version of ONNX's operators that is understood.</summary>
    public const int NewestVersion = 27;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<NetworkOutput> _outputs = [];
    private readonly List<Value> _inputs = [];

    /// <summary>Its name in the file; empty where it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it comes from, for people; a line each.</summary>
    public IList<string> Notes { get; } = [];

    public IReadOnlyList<Value> Inputs => _inputs;

    public IReadOnlyList<NetworkOutput> Outputs => _outputs;

    /// <summary>Places graphs that its nodes run; null where it comes from no file.</summary>
    public GraphPlacer? Placer { get; internal set; }

    public Node? First { get; private set; }

    public Node? Last { get; private set; }

    /// <summary>How many nodes there are.</summary>
    public int NodeCount { get; private set; }

    /// <summary>How many values were made.</summary>
    public int ValueCount => _names.Count;

    /// <summary>Its nodes in order. Nodes may be added and removed while they are walked over.</summary>
    public IEnumerable<Node> Nodes
    {
        get
        {
            for (Node? node = First; node is not null; node = node.Next)
            {
                if (node.Network == this)
                {
                    yield return node;
                }
            }
        }
    }

    /// <summary>A value that nothing writes yet; its name begins with the one wanted.</summary>
    public Value NewValue(string wanted) => new(FreshName(wanted));

    /// <summary>A value that is like another one in type and shape.</summary>
    public Value NewValue(string wanted, Value like) => new(FreshName(wanted)) { Type = like.Type, Shape = like.Shape };

    /// <summary>A value that is known.</summary>
    public Value NewConstant(string wanted, Constant constant)
    {
        Value value = NewValue(wanted);
        value.Become(constant);
        return value;
    }

    /// <summary>A name that no value has: the one wanted, or with a number behind.</summary>
    public string FreshName(string wanted)
    {
        string name = wanted;
        while (!_names.Add(name))
        {
            int count = _counts.GetValueOrDefault(wanted, 1) + 1;
            _counts[wanted] = count;
            name = Invariant($"{wanted}_{count}");
        }

        return name;
    }

    /// <summary>A value that is given.</summary>
    public void AddInput(Value value) => _inputs.Add(value);

    /// <summary>A value is no longer given, as one that has become a constant.</summary>
    public void RemoveInput(Value value) => _inputs.Remove(value);

    public void AddOutput(string name, Value value)
    {
        _outputs.Add(new NetworkOutput(name, value));
        value.OutputCount++;
    }

    public void RemoveOutput(NetworkOutput output)
    {
        _outputs.Remove(output);
        output.Value.OutputCount--;
    }

    /// <summary>A node behind all others.</summary>
    public void Add(Node node) => Link(node, Last, null);

    /// <summary>A node before another one.</summary>
    public void AddBefore(Node place, Node node) => Link(node, place.Previous, place);

    /// <summary>A node behind another one.</summary>
    public void AddAfter(Node place, Node node) => Link(node, place, place.Next);

    /// <summary>
    /// A new node before another one, with that one's name and place in messages, and one output, whose type and shape
    /// the caller sets.
    /// </summary>
    public Node NewBefore(Node place, string op, params IEnumerable<Value?> inputs) =>
        NewNode(place, op, inputs, before: true);

    /// <summary>The same behind another one.</summary>
    public Node NewAfter(Node place, string op, params IEnumerable<Value?> inputs) =>
        NewNode(place, op, inputs, before: false);

    /// <summary>All nodes that read a value, and outputs that are it, read another one.</summary>
    public void Replace(Value old, Value other)
    {
        foreach (Node node in old.Readers.Distinct().ToArray())
        {
            node.ReplaceReads(old, other);
        }

        for (int i = 0; i < _outputs.Count && old.IsOutput; i++)
        {
            if (_outputs[i].Value == old)
            {
                _outputs[i] = _outputs[i] with { Value = other };
                old.OutputCount--;
                other.OutputCount++;
            }
        }
    }

    /// <summary>Takes a node out, which then reads nothing; what it wrote has no producer.</summary>
    public void Remove(Node node)
    {
        if (node.Previous is { } previous)
        {
            previous.Next = node.Next;
        }
        else
        {
            First = node.Next;
        }

        if (node.Next is { } next)
        {
            next.Previous = node.Previous;
        }
        else
        {
            Last = node.Previous;
        }

        node.Network = null;
        NodeCount--;
        node.Release();
        foreach (Value output in node.Outputs.OfType<Value>().Where(o => o.Producer == node))
        {
            output.Producer = null;
        }
    }

    /// <summary>The nodes in another order, of all of them.</summary>
    public void Reorder(IEnumerable<Node> nodes)
    {
        Node[] all = [.. nodes];
        for (int i = 0; i < all.Length; i++)
        {
            all[i].Previous = i > 0 ? all[i - 1] : null;
            all[i].Next = i + 1 < all.Length ? all[i + 1] : null;
        }

        First = all.FirstOrDefault();
        Last = all.LastOrDefault();
    }

    private Node NewNode(Node place, string op, IEnumerable<Value?> inputs, bool before)
    {
        string name = place.OutputAt(0)?.Name ?? op;
        var node = new Node(op, inputs, [NewValue($"{name}_{op}")]) { Name = place.Name, Index = place.Index };
        if (before)
        {
            AddBefore(place, node);
        }
        else
        {
            AddAfter(place, node);
        }

        return node;
    }

    private void Link(Node node, Node? previous, Node? next)
    {
        (node.Previous, node.Next, node.Network) = (previous, next, this);
        if (previous is null)
        {
            First = node;
        }
        else
        {
            previous.Next = node;
        }

        if (next is null)
        {
            Last = node;
        }
        else
        {
            next.Previous = node;
        }

        NodeCount++;
    }
}
