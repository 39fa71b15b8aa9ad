using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyQuant.Generator;

/// <summary>C# identifiers for tensor names, unique in one generated type.</summary>
internal sealed class NameTable
{
    /// <summary>Ends the name of the property that holds a constant as words, before the cast.</summary>
    public const string WordsSuffix = "Words";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>
    /// Behind how many the next free number of a name is: all before are taken, and none is ever free again.
    /// </summary>
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Members of every generated type, and parameters of every generated method.</summary>
    private static readonly string[] s_reserved =
    [
        "input", "output", "arena", "modelArena", "pixels", "values", "index", "_arena", "Arena", "ArenaMemory", "ArenaBytes",
        "ScratchBytes",
        "ClassifyArenaBytes", "WeightBytes", "BakedBytes", "Macs", "ModelName", "InputLength", "OutputLength",
        "InputScale",
        "InputZeroPoint", "OutputScale", "OutputZeroPoint", "LabelCount", "GetLabel", "Run", "RunLayers", "RunCore",
        "Classify",
        "ClassifyCore", "Reset", "ResetArena", "ResetState", "StateBytes", "_isReset", "_isInUse", "LayerTrace",
        "LayerDone",
        // Of every type.
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    public NameTable(IEnumerable<string> reserved)
    {
        _taken.UnionWith(reserved);
        Holder = Unique("BakedData");
    }

    /// <summary>
    /// The type that the constants are in, inside the generated one. Their names are the model's: beside the user's
    /// members they would stand before what the user's own code means by <c>Math</c> or <c>Item</c>.
    /// </summary>
    public string Holder { get; }

    /// <summary>The table of a generated type, in which its own members and the user's have their names.</summary>
    public static NameTable ForType(TargetShape shape) =>
        new(s_reserved.Append(shape.Name).Concat(shape.Members.Select(MemberKey.NameOf)));

    /// <summary>The table of a type with no members but the generated ones.</summary>
    public static NameTable ForType(string typeName) => new(s_reserved.Append(typeName));

    /// <summary>Takes a name, so that nothing else gets it.</summary>
    public void Reserve(string name) => _taken.Add(name);

    /// <summary>
    /// <c>dense.weights</c> to <c>DenseWeights</c>, a constant, whose raw words take a name of their own beside it.
    /// </summary>
    public string Constant(string name)
    {
        string candidate = Free(
            Words(name, upperFirst: true), c => !_taken.Contains(c) && !_taken.Contains(c + WordsSuffix));
        _taken.Add(candidate);
        _taken.Add(candidate + WordsSuffix);
        return candidate;
    }

    /// <summary><c>dense.output</c> to <c>denseOutput</c>.</summary>
    public string Camel(string name) => Unique(Words(name, upperFirst: false));

    private string Unique(string identifier) => Free(identifier, _taken.Add);

    /// <summary>The identifier, or the first of those with a number, that is free.</summary>
    private string Free(string identifier, Func<string, bool> isFree)
    {
        if (isFree(identifier))
        {
            return identifier;
        }

        int number = _numbers.TryGetValue(identifier, out int next) ? next : 2;
        string candidate = Invariant($"{identifier}_{number}");
        while (!isFree(candidate))
        {
            number++;
            candidate = Invariant($"{identifier}_{number}");
        }

        _numbers[identifier] = number + 1;
        return candidate;
    }

    private static string Words(string name, bool upperFirst)
    {
        const int maxLength = 60; // TensorFlow names can be whole scopes
        var identifier = new StringBuilder();
        bool upper = upperFirst;
        foreach (char c in name)
        {
            if (identifier.Length >= maxLength)
            {
                break;
            }

            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                identifier.Append(upper ? char.ToUpperInvariant(c)
                    : identifier.Length == 0 ? char.ToLowerInvariant(c) : c);
                upper = false;
            }
            else
            {
                upper = identifier.Length > 0 || upperFirst;
            }
        }

        if (identifier.Length == 0 || char.IsDigit(identifier[0]))
        {
            identifier.Insert(0, upperFirst ? "T" : "t");
        }

        string text = identifier.ToString();
        return SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None ? text : text + "Tensor";
    }
}
