using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>
/// The page about a new operator lists all files of two that are there: no more and no fewer name them.
/// </summary>
public class AddOperatorPageTests
{
    private const string PageName = "docs/add-an-operator.md";

    /// <summary>It lists all operators of TensorFlow Lite, those to come too.</summary>
    private const string Schema = "src/TinyQuant.Import/Tflite/Schema/BuiltinOperator.cs";

    /// <summary>What becomes operators of ONNX, under names of its own: an operator can be without.</summary>
    private static readonly string[] s_onnx =
    [
        "docs/onnx.md", "src/TinyQuant.Import/Onnx/",
        "tests/TinyQuant.Import.Tests/Onnx/", "tests/TinyQuant.Onnx.Tests/",
    ];

    [Theory]
    [InlineData(1, "Exp", 7)]
    [InlineData(2, "BatchMatMul", 16)]
    public void All_files_of_an_operator_are_listed(int column, string kind, int most)
    {
        string[] listed = [
            .. Rows().SelectMany(cells => Regex.Matches(cells[column], "`([^`]+)`")).Select(m => m.Groups[1].Value)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(Naming(kind).Order(StringComparer.Ordinal), listed);
        Assert.InRange(listed.Length, 1, most);
    }

    /// <summary>The cells of the table, without its heading.</summary>
    private static List<string[]> Rows()
    {
        List<string[]> rows = [.. Page.All.Single(p => p.Name == PageName).Text.Split('\n')
            .SkipWhile(l => !l.StartsWith("| step |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Split('|')[1..^1])];
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>
    /// The files that name an operator, in C# or as TensorFlow Lite does; a function of C# of the same name is not it.
    /// </summary>
    private static IEnumerable<string> Naming(string kind)
    {
        string name = Regex.Replace(kind, "(?<=[a-z])(?=[A-Z][a-z]+[A-Z])", "_")
            .Replace("MatMul", "MATMUL", StringComparison.Ordinal).ToUpperInvariant();
        var naming = new Regex(
            $@"(?<![\w.]){kind}(?![\w(])|(?:new|class|void|Activations\.) ?{kind}(?!\w)|BuiltinOperator\.{name}(?!\w)");
        return new[] { "src", "tests", "docs" }
            .SelectMany(d => Directory.EnumerateFiles(Repository.File(d), "*.*", SearchOption.AllDirectories))
            .Append(Repository.File("CHANGELOG.md"))
            .Where(f => Path.GetExtension(f) is ".cs" or ".md")
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f =>
                f is not (PageName or Schema) && f != $"tests/TinyQuant.Docs.Tests/{nameof(AddOperatorPageTests)}.cs"
                && !s_onnx.Any(o => f.StartsWith(o, StringComparison.Ordinal))
                && naming.IsMatch(File.ReadAllText(Repository.File(f))));
    }
}
