namespace TinyQuant.Import.Mapping;

/// <summary>
/// Names of variable tensors, which count in the whole model: graphs that have one of the same name share its state. So
/// each has a name that no other tensor of any graph has.
/// </summary>
internal sealed class StateNames
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byKey = new(StringComparer.Ordinal);

    /// <summary>Takes a name for a tensor that is no state; false where it is that of one.</summary>
    public bool TryUse(string name)
    {
        if (_states.Contains(name))
        {
            return false;
        }

        _all.Add(name);
        return true;
    }

    /// <summary>Takes a name for a state; false where a tensor has it.</summary>
    public bool TryName(string name) => _all.Add(name) && _states.Add(name);

    /// <summary>The name of a state that has one; null where it has none yet.</summary>
    public string? Find(string? key) => key is not null && _byKey.TryGetValue(key, out string? name) ? name : null;

    /// <summary>Gives a state its name.</summary>
    public void Set(string? key, string name)
    {
        if (key is not null)
        {
            _byKey[key] = name;
        }
    }
}
