using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Mapping;

/// <summary>Names of tensors: those of the file, made unique. A tensor without one is called by its index.</summary>
internal sealed class TensorNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public string Unique(SourceTensor tensor) =>
        Unique(tensor.Name.Length > 0 ? tensor.Name : Invariant($"tensor{tensor.Index}"));

    /// <summary>The name, with a number where another tensor has it.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        while (!_taken.Add(name))
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
