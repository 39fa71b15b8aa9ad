using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// The attributes of a node. What is asked for as another kind than it is has an
/// <see cref="UnsupportedException"/>, which says so.
/// </summary>
internal sealed class Attributes
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _values.Keys;

    public int Count => _values.Count;

    /// <summary>All of them, each as <see cref="Set"/> takes it.</summary>
    public IEnumerable<KeyValuePair<string, object>> All => _values;

    /// <summary>The graphs among them.</summary>
    public IEnumerable<OnnxGraph> Graphs => _values.Values.OfType<OnnxGraph>();

    public bool Has(string name) => _values.ContainsKey(name);

    public long Int(string name, long missing) => Find(name, "an integer", out long value) ? value : missing;

    /// <summary>An integer that fits an int.</summary>
    public int Int32(string name, int missing) => Int(name, missing) is var value && value == (int)value
        ? (int)value
        : throw new UnsupportedException(
            Invariant($"attribute '{name}' is {value}, which is more than an int32 holds"));

    /// <summary>An integer that means yes or no.</summary>
    public bool Flag(string name, bool missing = false) => Int(name, missing ? 1 : 0) != 0;

    public float Float(string name, float missing) => Find(name, "a real", out float value) ? value : missing;

    public string String(string name, string missing) =>
        Find(name, "a text", out string? value) ? value ?? missing : missing;

    /// <summary>Default where it is missing.</summary>
    public ImmutableArray<long> Ints(string name) =>
        Find(name, "a list of integers", out ImmutableArray<long> value) ? value : default;

    /// <summary>Integers that fit ints; default where they are missing.</summary>
    public ImmutableArray<int> Ints32(string name) => Ints(name) is { IsDefault: false } values
        ? [.. values.Select(v => v == (int)v ? (int)v : throw new UnsupportedException(
            Invariant($"attribute '{name}' has {v}, which is more than an int32 holds")))]
        : default;

    /// <summary>Default where it is missing.</summary>
    public ImmutableArray<float> Floats(string name) =>
        Find(name, "a list of reals", out ImmutableArray<float> value) ? value : default;

    /// <summary>Default where it is missing.</summary>
    public ImmutableArray<string> Strings(string name) =>
        Find(name, "a list of texts", out ImmutableArray<string> value) ? value : default;

    /// <summary>Null where it is missing.</summary>
    public Constant? Tensor(string name) => Find(name, "a tensor", out Constant? value) ? value : null;

    /// <summary>Null where it is missing.</summary>
    public OnnxGraph? Graph(string name) => Find(name, "a graph", out OnnxGraph? value) ? value : null;

    /// <summary>An attribute, which takes the place of one of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, an immutable array of
    /// these, a <see cref="Constant"/> or an <see cref="OnnxGraph"/>.</param>
    public void Set(string name, object value) => _values[name] = value is int number ? (long)number : value;

    public void Remove(string name) => _values.Remove(name);

    /// <summary>The same attributes, which may change by themselves.</summary>
    public Attributes Copy()
    {
        var copy = new Attributes();
        foreach ((string name, object value) in _values)
        {
            copy._values.Add(name, value);
        }

        return copy;
    }

    private bool Find<T>(string name, string expected, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!_values.TryGetValue(name, out object? found))
        {
            return false;
        }

        // An empty list says nothing of its kind.
        value = found is T typed ? typed
            : found is ImmutableArray<long> { IsEmpty: true } && typeof(T) == typeof(ImmutableArray<float>)
                ? (T)(object)ImmutableArray<float>.Empty
            : throw new UnsupportedException($"attribute '{name}' is of another kind; expected {expected}");
        return true;
    }
}
