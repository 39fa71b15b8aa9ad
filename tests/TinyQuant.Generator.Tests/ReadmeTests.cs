using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator.Tests;

/// <summary>The documentation: its example compiles, its links lead somewhere, every diagnostic has its section.</summary>
public partial class ReadmeTests
{
    private static readonly string s_root = FindRoot();

    private static readonly string[] s_skipped = [".git", "artifacts", "bin", "obj", "__snapshots__"];

    [Fact]
    public void The_example_compiles_without_a_diagnostic()
    {
        Match example = Example().Match(Text("README.md"));
        Assert.True(example.Success, "README.md has no C# block below <!-- compiled -->");
        string model = "weights/mnist-linear.int8.tqm";
        GeneratorRun run = GeneratorRun.Of(example.Groups[1].Value, (model, Text(model)));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Equal(["Digits.g.cs", "Digits.weights.g.cs"], run.HintNames);
    }

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_heading()
    {
        List<string> broken = [];
        foreach (string page in Pages(s_root))
        {
            foreach (Match link in Link().Matches(Code().Replace(File.ReadAllText(page), "")))
            {
                string target = link.Groups[1].Value;
                if (!target.Contains("://", StringComparison.Ordinal) && !Leads(page, target))
                {
                    broken.Add($"{Path.GetRelativePath(s_root, page)}: {target}");
                }
            }
        }
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_diagnostic_has_a_section_where_its_help_link_points()
    {
        const string page = "docs/diagnostics.md";
        string text = Text(page);
        foreach (DiagnosticDescriptor descriptor in AllDescriptors())
        {
            Assert.EndsWith($"/{page}#{descriptor.Id.ToLowerInvariant()}", descriptor.HelpLinkUri, StringComparison.Ordinal);
            int start = text.IndexOf($"\n## {descriptor.Id}\n", StringComparison.Ordinal);
            Assert.True(start >= 0, $"{page} has no section '## {descriptor.Id}'");
            int end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            Assert.Contains(descriptor.Title.ToString(), text[start..(end < 0 ? text.Length : end)], StringComparison.Ordinal);
        }
    }

    private static IEnumerable<DiagnosticDescriptor> AllDescriptors()
    {
        DiagnosticDescriptor[] all = [.. typeof(Descriptors).GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>()];
        Assert.NotEmpty(all);
        return all;
    }

    private static bool Leads(string page, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return (File.Exists(path) || Directory.Exists(path)) && (parts.Length == 1 || Anchors(path).Contains(parts[1]));
    }

    /// <summary>The anchors that GitHub gives to headings: lower case, spaces as hyphens, other signs dropped.</summary>
    private static IEnumerable<string> Anchors(string path) => Heading().Matches(Fence().Replace(File.ReadAllText(path), ""))
        .Select(m => NotInAnchor().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> Pages(string directory) => Directory.EnumerateFiles(directory, "*.md")
        .Concat(Directory.EnumerateDirectories(directory).Where(d => !s_skipped.Contains(Path.GetFileName(d))).SelectMany(Pages));

    private static string Text(string path) => File.ReadAllText(Path.Combine(s_root, path)).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "TinyQuant.sln")))
        {
            directory = directory.Parent;
        }
        return directory?.FullName ?? throw new DirectoryNotFoundException($"TinyQuant.sln is in no directory above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("<!-- compiled -->\n```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
