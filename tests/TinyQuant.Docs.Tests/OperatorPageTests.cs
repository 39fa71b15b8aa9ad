using System.Text.RegularExpressions;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Model;
using TinyQuant.Model.Attributes;
using TinyQuant.Tests;

namespace TinyQuant.Docs.Tests;

/// <summary>The pages about operators against their declarations.</summary>
public partial class OperatorPageTests
{
    /// <summary>Its default is said once for all.</summary>
    private const string Everywhere = "activation";

    [GeneratedRegex("`(?<key>[a-z_]+)`(?: \\[(?<missing>[^\\]]*)\\])?")]
    private static partial Regex AttributePattern { get; }

    [GeneratedRegex("`(?<name>[A-Za-z0-9_]+)`")]
    private static partial Regex NamePattern { get; }

    /// <summary>
    /// All operators of TensorFlow Lite Micro's <c>micro_mutable_op_resolver.h</c> (August 2026), but the one of an
    /// NPU: by the schema's names, and by those of custom operators.
    /// </summary>
    private static readonly string[] s_resolver = File.ReadAllLines(
        Repository.File("tests/TinyQuant.Docs.Tests/Reference/tflm-operators.txt"));

    /// <summary>Operators of a file that are gone when it is imported: folded, or the tensors of a variable.</summary>
    private static readonly string[] s_resolved = ["CALL_ONCE", "SHAPE", "VAR_HANDLE"];

    [Fact]
    public void The_comparison_counts_the_operators_that_there_are() => Assert.Contains(
        FormattableString.Invariant($"| operators | the [{OperatorRegistry.Kinds.Count} of its list](operators.md), ")
            + FormattableString.Invariant($"which all {s_resolver.Length} of TensorFlow Lite Micro become ")
            + FormattableString.Invariant($"| **{s_resolver.Length}**, and one of an NPU |"),
        Page.All.Single(p => p.Name == "docs/comparison.md").Text, StringComparison.Ordinal);

    [Fact]
    public void Every_operator_of_TensorFlow_Lite_Micro_is_imported()
    {
        string[] imported = [.. OperatorMappings.Supported.Select(o => o.ToString()), .. CustomMappings.Supported];

        Assert.Empty(s_resolver.Except([.. imported, .. s_resolved]));
    }

    [Fact]
    public void Every_operator_has_a_row_with_its_attributes_and_their_defaults()
    {
        var rows = Rows("docs/operators.md")
            .SelectMany(cells => Names(cells[0]).Select(kind => (Kind: kind, Attributes: cells[2]))).ToList();

        Assert.Equal(OperatorRegistry.Kinds, rows.Select(r => r.Kind).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(
            Words(OperatorRegistry.Find(row.Kind)!),
            AttributePattern.Matches(row.Attributes).Select(m => m.Groups["missing"].Success
                ? $"{m.Groups["key"].Value} [{m.Groups["missing"].Value}]" : m.Groups["key"].Value)));
    }

    /// <summary>What they become follows from their names; a test of the importer holds that.</summary>
    [Fact]
    public void Every_operator_with_conditions_is_imported()
    {
        string[] imported = [.. OperatorMappings.Supported.Select(o => o.ToString())];

        Assert.All(Rows("docs/import.md").SelectMany(cells => Names(cells[0])),
            name => Assert.Contains(name, imported));
    }

    private static IEnumerable<string> Words(OperatorSchema schema) =>
        schema.Attributes.SelectMany(a => a.Words).Select(Word);

    private static string Word(AttributeWord word) =>
        word.Missing is null || word.Key == Everywhere ? word.Key : $"{word.Key} [{word.Missing}]";

    private static IEnumerable<string> Names(string cell) =>
        NamePattern.Matches(cell).Select(m => m.Groups["name"].Value);

    /// <summary>The rows of the page's table whose heading begins with <c>operator</c>, without the heading.</summary>
    private static List<string[]> Rows(string page)
    {
        List<string[]> rows = [.. Page.All.Single(p => p.Name == page).Text.Split('\n')
            .SkipWhile(l => !l.StartsWith("| operator |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split(" | "))];
        Assert.NotEmpty(rows);
        return rows;
    }
}
