using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TinyQuant.Bench.Operators;

/// <summary>
/// One operator of one type as a model, written as a line: <c>Add QS x T[1024,n] z t[1024,n] -> y T[1024,n]</c> is a
/// row for T of int8 and one of int16, and <c>-</c> stands for types that the line gives itself. n is 16 bytes in
/// elements of T, so that <c>[1024,n]</c> are 16 KB. <see cref="RowTensor"/> says what the letters are. A line that
/// begins with spaces goes on with the one before; # is a comment.
/// </summary>
internal sealed partial class OperatorRow
{
    private const int UnitBytes = 16;

    /// <summary>Graphs that control operators run, by their names, from a to b.</summary>
    private static readonly Dictionary<string, (string Tensors, string Operators)> s_subgraphs = new()
    {
        ["relu"] = ("a T[1024,n] b T[1024,n]", "op Relu a -> b"),
        ["abs"] = ("a T[1024,n] b T[1024,n]", "op Abs a -> b"),
        ["never"] = ("a T[1024,n] s T[1,1] b L[1,1]", "op Slice a -> s begin=0,0 size=1,1\nop Less s s -> b"),
    };

    private readonly char _type;

    private OperatorRow(string family, string line, char type)
    {
        _type = type;
        string[] words = Sized(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int arrow = Array.IndexOf(words, "->");
        int attributes = Array.FindIndex(words, w => w.Contains('=', StringComparison.Ordinal));
        Family = family;
        Kind = words[0];
        Inputs = Tensors(words.AsSpan(2..arrow));
        Outputs = Tensors(words.AsSpan((arrow + 1)..(attributes < 0 ? words.Length : attributes)));
        Attributes = attributes < 0 ? "" : string.Join(' ', words.AsSpan(attributes..)!);
        RowTensor? first = Inputs.FirstOrDefault(t => !t.IsKept && t.Type != "bool");
        Type = (first ?? Inputs[0]).Type;
    }

    /// <summary>All rows of all files, in the order of families and lines.</summary>
    public static IReadOnlyList<OperatorRow> All { get; } = [.. ReadAll()];

    /// <summary>The file that it stands in.</summary>
    public string Family { get; }

    /// <summary>The operator.</summary>
    public string Kind { get; }

    /// <summary>The type of what it reads.</summary>
    public string Type { get; }

    /// <summary>What it reads, constants and variables too.</summary>
    public IReadOnlyList<RowTensor> Inputs { get; }

    /// <summary>What it writes.</summary>
    public IReadOnlyList<RowTensor> Outputs { get; }

    private string Attributes { get; }

    /// <summary>
    /// The bytes that it reads, or writes where these are more. Where it reads only a part of a tensor, as much of that
    /// as it writes.
    /// </summary>
    public int Bytes
    {
        get
        {
            int written = Outputs.Sum(t => t.Bytes);
            bool isPart = Kind is "DynamicSlice" or "EmbeddingLookup" or "Gather" or "GatherNd" or "Slice"
                or "StridedSlice";
            return Math.Max(written,
                Inputs.Sum(t => isPart && t.Type != "int32" ? Math.Min(t.Bytes, written) : t.Bytes));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        IEnumerable<string> shapes = Inputs.Where(t => !t.IsKept).Select(t => t.ShapeText);
        string output = Outputs[0].Type == Type ? Outputs[0].ShapeText : Outputs[0].Type + Outputs[0].ShapeText;
        return $"{Kind} {Type} {string.Join(' ', shapes)} -> {output} {Attributes}".TrimEnd();
    }

    /// <summary>The model file.</summary>
    public string WriteModel()
    {
        StringBuilder text = new("tinyquant-model 1\n");
        foreach ((string name, (string tensors, string operators)) in s_subgraphs)
        {
            if (Attributes.Contains("=" + name, StringComparison.Ordinal))
            {
                string[] words = Sized(tensors).Split(' ');
                text.Append(CultureInfo.InvariantCulture, $"subgraph {name}\n").AppendJoin("", Tensors(words))
                    .Append(CultureInfo.InvariantCulture, $"input a\noutput b\n{operators}\nend\n");
            }
        }

        text.AppendJoin("", Inputs).AppendJoin("", Outputs);
        RowTensor[] ends = [.. Outputs.Where(t => !t.IsKept)];
        string more = "";
        if (ends.Length == 0)
        {
            // a model has an output: the least of one that reads what is kept
            ends = [RowTensor.Parse("read", Outputs[0].Letters.TrimEnd('v'), _type)];
            text.Append(ends[0]);
            more = $"op ReadVariable {Outputs[0].Name} -> read\n";
        }

        string[] starts = [.. Inputs.Where(t => !t.IsKept).Select(t => t.Name)];
        if (starts.Length == 0)
        {
            starts = ["unread"]; // and an input
            text.Append("tensor unread float32 [1]\n");
        }

        return text.Append("input ").AppendJoin(' ', starts).Append('\n')
            .Append("output ").AppendJoin(' ', ends.Select(t => t.Name)).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"op {Kind} ").AppendJoin(' ', Inputs.Select(t => t.Name))
            .Append(" -> ").AppendJoin(' ', Outputs.Select(t => t.Name))
            .Append(CultureInfo.InvariantCulture, $" {Attributes}\n{more}").ToString();
    }

    private static IEnumerable<OperatorRow> ReadAll()
    {
        foreach (string name in typeof(OperatorRow).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Rows/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(typeof(OperatorRow).Assembly.GetManifestResourceStream(name)!);
            string whole = reader.ReadToEnd().ReplaceLineEndings("\n").Replace("\n  ", " ", StringComparison.Ordinal);
            foreach (string line in whole.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
            {
                foreach (char type in line.Split(' ')[1])
                {
                    yield return new OperatorRow(name["Rows/".Length..], line, type);
                }
            }
        }
    }

    /// <summary>With numbers for n and its multiples.</summary>
    private string Sized(string text) => SizePattern.Replace(text, m => RowTensor.Elements(UnitBytes, _type, m.Groups[1]
        .ValueSpan is { Length: > 0 } times ? int.Parse(times, CultureInfo.InvariantCulture) : 1));

    private RowTensor[] Tensors(ReadOnlySpan<string> words)
    {
        RowTensor[] tensors = new RowTensor[words.Length / 2];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = RowTensor.Parse(words[2 * i], words[(2 * i) + 1], _type);
        }

        return tensors;
    }

    [GeneratedRegex(@"(?:(\d+)\*)?\bn\b")]
    private static partial Regex SizePattern { get; }
}
