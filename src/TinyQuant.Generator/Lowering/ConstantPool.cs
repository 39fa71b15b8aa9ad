using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// What is baked into the program. Equal bytes of one meaning are baked once, under the first name that asked for them:
/// weights that operators share, and tables of one scale.
/// </summary>
internal sealed class ConstantPool(NameTable names, GenerationBudget budget)
{
    /// <summary>
    /// What a constant costs the compiler besides its bytes, in bytes of constants that take as long.
    /// </summary>
    private const int DeclarationBytes = 1_024;

    /// <summary>Integers are written one by one, other elements eight bytes at a time.</summary>
    private const int TimesIntegers = 2;

    /// <summary>Smaller ones keep names of their own, which tell more than the bytes cost.</summary>
    private const int LeastShared = 64;

    private readonly List<Constant> _constants = [];
    private readonly Dictionary<(TensorType Type, string Meaning, byte[] Data), string> _known = new(
        ContentComparer.Instance);

    public IReadOnlyList<Constant> All => _constants;

    /// <summary>Bakes bytes and returns the name of their span.</summary>
    /// <exception cref="UnsupportedModelException">It is more than the budget has.</exception>
    public string Bake(int operatorIndex, string name, TensorType type, byte[] data, string comment)
    {
        budget.Pack(operatorIndex, data.Length);
        bool isShared = data.Length >= LeastShared;
        if (isShared && _known.TryGetValue((type, comment, data), out string? known))
        {
            return known;
        }

        var constant = new Constant(names.Holder, names.Constant(name), type, data, comment, operatorIndex);
        budget.Generate(
            operatorIndex, (constant.BakedBytes * (type == TensorType.Int32 ? TimesIntegers : 1)) + DeclarationBytes);
        _constants.Add(constant);
        if (isShared)
        {
            _known.Add((type, comment, data), constant.Name);
        }

        return constant.Name;
    }

    private sealed class ContentComparer : IEqualityComparer<(TensorType Type, string Meaning, byte[] Data)>
    {
        public static readonly ContentComparer Instance = new();

        public bool Equals(
            (TensorType Type, string Meaning, byte[] Data) x, (TensorType Type, string Meaning, byte[] Data) y) =>
            x.Type == y.Type && x.Meaning == y.Meaning && x.Data.AsSpan().SequenceEqual(y.Data);

        public int GetHashCode((TensorType Type, string Meaning, byte[] Data) content)
        {
            uint hash = 2166136261; // FNV-1a
            foreach (byte value in content.Data)
            {
                hash = unchecked((hash ^ value) * 16777619);
            }

            return unchecked((int)hash) ^ (int)content.Type;
        }
    }
}
