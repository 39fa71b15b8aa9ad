using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>
/// Names of tensors: those of the file, made unique in their graph, and those of state in all graphs of the model. A
/// tensor without a name is called by its index.
/// </summary>
internal sealed class TensorNames(StateNames states)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public string Unique(SourceTensor tensor)
    {
        string wanted = tensor.Name.Length > 0 ? tensor.Name : Invariant($"tensor{tensor.Index}");
        if (!tensor.IsVariable)
        {
            return Unique(wanted);
        }

        if (states.Find(tensor.StateKey) is { } known)
        {
            return known;
        }

        string name = Free(wanted, n => !_taken.Contains(n) && states.TryName(n));
        _taken.Add(name);
        states.Set(tensor.StateKey, name);
        return name;
    }

    /// <summary>The name, with a number where another tensor has it.</summary>
    public string Unique(string wanted) => Free(wanted, n => !_taken.Contains(n) && states.TryUse(n) && _taken.Add(n));

    private string Free(string wanted, Func<string, bool> isFree)
    {
        string name = wanted;
        while (!isFree(name))
        {
            int count = _counts.GetValueOrDefault(wanted, 1) + 1;
            _counts[wanted] = count;
            string number = Invariant($"_{count}");
            name = wanted[..Math.Min(wanted.Length, ModelLimits.NameLength - number.Length)] + number;
        }

        return name;
    }

    /// <summary>About as many characters as it takes in a model file, where some are escaped.</summary>
    public static int WrittenLength(string name) => name.Sum(c => c is >= ' ' and <= '~' ? 1 : "\\u0000".Length);
}
