using System.Text.RegularExpressions;
using TinyQuant.Tests;

namespace TinyQuant.Packages.Tests;

/// <summary>Every code of the tasks and targets has its section.</summary>
public partial class DocumentationTests
{
    [Fact]
    public void Every_code_of_the_build_has_a_section()
    {
        string page = File.ReadAllText(Repository.File("docs", "diagnostics.md"));
        string[] codes =
        [
            .. Directory.EnumerateFiles(Repository.File("src", "TinyQuant.Build"), "*.*", SearchOption.AllDirectories)
                .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(m => m.Value)).Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            ["TQ101", "TQ102", "TQ103", "TQ104", "TQ105", "TQ106", "TQ107", "TQ108", "TQ109", "TQ110", "TQ111"], codes);
        Assert.All(codes, code => Assert.Contains($"\n## {code}\n", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"TQ\d{3}")]
    private static partial Regex Code();
}
