using TinyQuant.Import.Tflite.FlatBuffers;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The options of a signal operator: numbers under names that are known, and nothing else.</summary>
internal sealed class SignalOptions
{
    private readonly FlexMap _map;

    /// <param name="map">What the file has.</param>
    /// <param name="keys">What the operator has.</param>
    /// <exception cref="UnsupportedException">There are more.</exception>
    public SignalOptions(FlexMap map, params string[] keys)
    {
        _map = map;
        Array.ForEach(keys, key => map.Int32(key));
        if (map.Count != keys.Length)
        {
            throw new UnsupportedException(
                Invariant($"it has {map.Count} options; expected {keys.Length}: {string.Join(", ", keys)}"));
        }
    }

    /// <summary>An option.</summary>
    public int Int32(string key) => _map.Int32(key);

    /// <summary>An option is what the shapes and types of its tensors say.</summary>
    /// <param name="key">The option.</param>
    /// <param name="expected">What they say; null where nothing.</param>
    /// <exception cref="UnsupportedException">It is something else.</exception>
    public void Expect(string key, int? expected)
    {
        int value = _map.Int32(key);
        if (expected is { } other && value != other)
        {
            throw new UnsupportedException(
                Invariant($"its option '{key}' is {value}, and its tensors say {other}; expected the same"));
        }
    }
}
