using System.Runtime.CompilerServices;

namespace TinyQuant.Runtime.Tests;

/// <summary>What cannot run is skipped, and not passed.</summary>
public class UnitFactTests
{
    /// <summary>
    /// A test that asks for itself what the processor has, and then does nothing, would pass everywhere.
    /// </summary>
    [Fact]
    public void No_test_asks_the_processor_but_by_its_attribute()
    {
        string[] asking =
        [
            .. Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    Path.GetFileName(file) is not (nameof(UnitFactAttribute) + ".cs" or nameof(UnitFactTests) + ".cs"))
                .SelectMany(file =>
                    Statements(file).Select((line, i) => (Text: line, Place: $"{Path.GetFileName(file)}:{i + 1}")))
                .Where(line =>
                    line.Text.Contains("IsSupported", StringComparison.Ordinal)
                        || line.Text.Contains("IsHardwareAccelerated", StringComparison.Ordinal))
                // a choice between two that are both compared
                .Where(line => !line.Text.Contains("IsSupported ? ", StringComparison.Ordinal))
                .Select(line => line.Place),
        ];

        Assert.Empty(asking);
    }

    /// <summary>The lines of a file, each with the next one behind it where that goes on with a choice.</summary>
    private static IEnumerable<string> Statements(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return lines.Select((line, i) =>
            i + 1 < lines.Length && lines[i + 1].TrimStart().StartsWith("? ", StringComparison.Ordinal)
            ? $"{line} {lines[i + 1].TrimStart()}"
            : line);
    }

    private static string Sources([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
