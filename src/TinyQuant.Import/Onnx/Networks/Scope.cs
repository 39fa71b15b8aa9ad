using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// What names mean in a graph, or in the body of a function: each is of one value, and of one of the graphs around
/// where the graph itself has none of that name.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>What names mean that are not of the graph.</summary>
    public ImmutableDictionary<string, Value> Around { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>What attributes mean that are references to those of a function.</summary>
    public ImmutableDictionary<string, object> Attributes { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>The versions of the sets of operators.</summary>
    public required ImmutableDictionary<string, long> Versions { get; init; }

    /// <summary>What names of values in the network begin with; empty for the file's own graph.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many functions and graphs it lies in.</summary>
    public int Depth { get; init; }

    /// <summary>What messages call its nodes: they stand in the place of this one. Null for the file's own.</summary>
    public Node? Caller { get; init; }

    /// <summary>Gives a name to a value; false where it is another value's.</summary>
    public bool TryAdd(string name, Value value) => _values.TryAdd(name, value);

    /// <summary>The value of a name; null where there is none.</summary>
    public Value? Find(string name) => _values.GetValueOrDefault(name) ?? Around.GetValueOrDefault(name);

    /// <summary>All names of the graph itself.</summary>
    public IEnumerable<string> Names => _values.Keys;
}
