using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// Puts the nodes of graphs into a network: those of the file, those of functions in the place of the nodes that call
/// them, and those of graphs that operators run.
/// </summary>
internal sealed class GraphPlacer
{
    private const int LongPrefix = 256;

    private readonly Network _network;
    private readonly ErrorCollection _errors;
    private readonly Dictionary<(string Domain, string Name, string Overload), OnnxFunction> _functions;
    private readonly InlinedSize _inlined = new();

    public GraphPlacer(Network network, ImmutableArray<OnnxFunction> functions, ErrorCollection errors)
    {
        _network = network;
        _errors = errors;
        _functions = functions.DistinctBy(f => (f.Domain, f.Name, f.Overload))
            .ToDictionary(f => (f.Domain, f.Name, f.Overload));
    }

    /// <summary>Whether nodes were added before others that they read from.</summary>
    public bool IsOutOfOrder { get; private set; }

    /// <summary>Adds what a graph does that a node runs, behind the node, and takes the node out.</summary>
    /// <param name="node">A node in the network, which has as many outputs as the graph.</param>
    /// <param name="graph">One of the graphs in its attributes; it has no inputs.</param>
    /// <exception cref="MalformedFileException">There is too much.</exception>
    /// <exception cref="UnsupportedException">Something in it makes no sense.</exception>
    public void Replace(Node node, OnnxGraph graph)
    {
        if (node.Outputs.Count > graph.Outputs.Length || !graph.Inputs.IsEmpty || node.Scope is not { } around
            || around.Depth == Limits.Depth)
        {
            throw new UnsupportedException("the graph that it runs has inputs, or other outputs than it");
        }

        var scope = new Scope
        {
            Around = node.Captures,
            Attributes = around.Attributes,
            Versions = around.Versions,
            Prefix = $"{Places.Shown(node.Name.Length > 0 ? node.Name : node.OutputAt(0)?.Name ?? "")}/",
            Depth = around.Depth + 1,
            Caller = node,
        };
        IsOutOfOrder = false;
        AddConstants(graph.Initializers, scope);
        AddBody(graph.Nodes, [.. graph.Outputs.Select(o => o.Name)], node.Outputs, scope, node);
        _network.Remove(node);
        if (IsOutOfOrder)
        {
            TopologicalOrder.Sort(_network, _errors);
        }
    }

    /// <summary>Adds the constants of a graph.</summary>
    public void AddConstants(ImmutableArray<OnnxTensor> tensors, Scope scope)
    {
        foreach (OnnxTensor tensor in tensors)
        {
            Value value = _network.NewConstant(NameIn(scope, tensor.Name), ConstantReader.Of(tensor));
            if (!scope.TryAdd(tensor.Name, value))
            {
                _errors.Add($"two constants have the name '{Places.Shown(tensor.Name)}'");
            }
        }
    }

    /// <summary>Adds nodes, in their order, behind one of the network.</summary>
    /// <param name="nodes">The nodes of a graph.</param>
    /// <param name="scope">Its values: inputs, constants, and outputs that are given; others are added.</param>
    /// <param name="given">The values that outputs of nodes become, by their names; others are made.</param>
    /// <param name="last">Where they go behind; null for the network's end.</param>
    /// <returns>The last node there, for those that follow.</returns>
    /// <exception cref="MalformedFileException">There are too many.</exception>
    public Node? AddNodes(
        ImmutableArray<OnnxNode> nodes, Scope scope, IReadOnlyDictionary<string, Value> given, Node? last)
    {
        foreach (OnnxNode node in nodes)
        {
            foreach (string output in node.Outputs.Where(o => o.Length > 0))
            {
                Value value = given.GetValueOrDefault(output) ?? _network.NewValue(NameIn(scope, output));
                if (!scope.TryAdd(output, value))
                {
                    _errors.Add(ErrorOf(node, scope, $"it writes '{Places.Shown(output)}', which is an input, a "
                        + "constant, or written by another node; expected a value of its own"));
                }
            }
        }

        if (_network.ValueCount > Limits.Values)
        {
            throw new MalformedFileException(Invariant($"it has more than {Limits.Values} values"));
        }

        var later = nodes.SelectMany(n => n.Outputs).Where(o => o.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (OnnxNode node in nodes)
        {
            IsOutOfOrder |= later.Overlaps(node.Inputs);
            later.ExceptWith(node.Outputs);
            last = AddNode(node, scope, last);
        }

        return last;
    }

    private Node? AddNode(OnnxNode source, Scope scope, Node? last)
    {
        _inlined.Charge(source, scope);
        List<string> unknown = [.. source.Inputs.Where(i => i.Length > 0 && scope.Find(i) is null)];
        if (unknown.Count > 0)
        {
            _errors.Add(ErrorOf(source, scope, $"it reads '{Places.Shown(unknown[0])}', which nothing writes"));
            return last;
        }

        try
        {
            Attributes attributes = AttributeValues.Of(source, scope.Attributes);
            return _functions.TryGetValue((source.Domain, source.Operator, source.Overload), out OnnxFunction? function)
                ? Inline(source, function, attributes, scope, last)
                : AddNode(source, attributes, scope, last);
        }
        catch (UnsupportedException e)
        {
            _errors.Add(ErrorOf(source, scope, e.Message));
            return last;
        }
    }

    private Node AddNode(OnnxNode source, Attributes attributes, Scope scope, Node? last)
    {
        Node node = Made(source, attributes, scope);
        node.SetInputs(source.Inputs.Select(scope.Find));
        node.SetOutputs(source.Outputs.Select(o => o.Length == 0 ? null : scope.Find(o)));
        SetCaptures(node, attributes, scope);
        Place(node, last);
        return node;
    }

    private Node? Inline(
        OnnxNode source, OnnxFunction function, Attributes attributes, Scope scope, Node? last)
    {
        if (scope.Depth == Limits.Depth)
        {
            throw new UnsupportedException(Invariant($"functions run each other more than {Limits.Depth} deep"));
        }

        if (source.Inputs.Length > function.Inputs.Length || source.Outputs.Length > function.Outputs.Length)
        {
            throw new UnsupportedException(
                Invariant($"function '{function.Name}' has {function.Inputs.Length} inputs and ")
                    + Invariant($"{function.Outputs.Length} outputs; the node gives {source.Inputs.Length} and ")
                    + Invariant($"{source.Outputs.Length}"));
        }

        ImmutableDictionary<string, object> given = function.Defaults
            .Where(d => !attributes.Has(d.Name))
            .DistinctBy(d => d.Name, StringComparer.Ordinal)
            .ToImmutableDictionary(d => d.Name, AttributeValues.Of, StringComparer.Ordinal)
            .AddRange(attributes.All);
        string name = source.Name.Length > 0 ? source.Name : source.Outputs.FirstOrDefault(o => o.Length > 0) ?? "";
        var inner = new Scope
        {
            Versions = function.Versions,
            Attributes = given,
            Prefix = $"{NameIn(scope, name)}/",
            Depth = scope.Depth + 1,
            Caller = scope.Caller ?? Made(source, attributes, scope),
        };
        for (int i = 0; i < source.Inputs.Length; i++)
        {
            if (scope.Find(source.Inputs[i]) is { } value)
            {
                inner.TryAdd(function.Inputs[i], value);
            }
        }

        // An input that the node does not give is missing wherever it is read.
        var missing = function.Inputs.Where(i => inner.Find(i) is null).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<OnnxNode> nodes = missing.Count == 0 ? function.Nodes : [.. function.Nodes.Select(
            n => n with { Inputs = [.. n.Inputs.Select(i => missing.Contains(i) ? "" : i)] })];
        return AddBody(
            nodes, function.Outputs, source.Outputs.Select(o => o.Length == 0 ? null : scope.Find(o)), inner, last);
    }

    /// <summary>Nodes some of whose outputs are values that there are.</summary>
    private Node? AddBody(
        ImmutableArray<OnnxNode> nodes, ImmutableArray<string> names, IEnumerable<Value?> outputs, Scope scope,
        Node? last)
    {
        var written = nodes.SelectMany(n => n.Outputs).ToHashSet(StringComparer.Ordinal);
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        var copies = new List<(string Name, Value Output)>();
        foreach ((string name, Value? output) in names.Zip(outputs))
        {
            if (output is not null && (!written.Contains(name) || !given.TryAdd(name, output)))
            {
                copies.Add((name, output));
            }
        }

        last = AddNodes(nodes, scope, given, last);
        foreach ((string name, Value output) in copies)
        {
            last = Copy(name, output, scope, last);
        }

        return last;
    }

    /// <summary>A node that gives a value of a graph under the name that it has around it.</summary>
    /// <exception cref="UnsupportedException">There is no such value.</exception>
    private Node Copy(string name, Value output, Scope scope, Node? last)
    {
        Value value = scope.Find(name)
            ?? throw new UnsupportedException($"its output '{Places.Shown(name)}' is written by nothing");
        var node = new Node("Identity", [value], [output])
        {
            Name = scope.Caller?.Name ?? "",
            Index = scope.Caller?.Index ?? 0,
        };
        Place(node, last);
        return node;
    }

    /// <summary>A name of a graph's in the network, of bounded length where it is not the file's own.</summary>
    private static string NameIn(Scope scope, string name) => scope.Prefix.Length == 0
        ? name
        : $"{(scope.Prefix.Length < LongPrefix ? scope.Prefix : "")}{Places.Shown(name)}";

    private static void SetCaptures(Node node, Attributes attributes, Scope scope)
    {
        var captures = ImmutableDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        foreach (string name in attributes.Graphs.SelectMany(FreeNames.Of))
        {
            captures[name] = scope.Find(name) ?? throw new UnsupportedException(
                $"a graph that it runs reads '{Places.Shown(name)}', which nothing writes");
        }

        node.Scope = attributes.Graphs.Any() ? scope : null;
        if (captures.Count > 0)
        {
            node.SetCaptures(captures.ToImmutable());
        }
    }

    private void Place(Node node, Node? last)
    {
        if (last is null)
        {
            _network.Add(node);
        }
        else
        {
            _network.AddAfter(last, node);
        }

        if (_network.NodeCount > Limits.Nodes)
        {
            throw new MalformedFileException(Invariant($"it has more than {Limits.Nodes} nodes"));
        }
    }

    private static ImportError ErrorOf(OnnxNode source, Scope scope, string message)
    {
        ImportError error = Made(source, new Attributes(), scope).Error(message);
        return scope.Caller is not null || source.Outputs.IsEmpty ? error : error with
        {
            Tensor = Places.Shown(source.Outputs[0]),
        };
    }

    /// <summary>A node without operands.</summary>
    private static Node Made(OnnxNode source, Attributes attributes, Scope scope) => new(source.Operator, [], [])
    {
        Domain = source.Domain,
        Name = scope.Caller?.Name ?? source.Name,
        Index = scope.Caller?.Index ?? source.Index,
        Version = (int)Math.Clamp(scope.Versions.GetValueOrDefault(source.Domain), 0, int.MaxValue),
        Attributes = attributes,
    };
}
