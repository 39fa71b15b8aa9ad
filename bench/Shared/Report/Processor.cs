using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TinyQuant.Bench.Report;

/// <summary>The processor that was measured, in titles and names of files.</summary>
internal static partial class Processor
{
    /// <summary>
    /// As it calls itself, and its family: processors of several generations call themselves the same.
    /// </summary>
    public static string Name { get; } = Read();

    /// <summary>The same in small letters, digits and hyphens.</summary>
    public static string FileName => NotInName().Replace(Name.ToLowerInvariant(), "-").Trim('-');

    private static string Read()
    {
        string name = Field("model name")
            ?? RuntimeInformation.ProcessArchitecture.ToString().ToLower(CultureInfo.InvariantCulture);
        return Field("cpu family") is { } family ? $"{name}, family {family}" : name;
    }

    private static string? Field(string field)
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    [GeneratedRegex("[^a-z0-9]+|\\((r|tm)\\)")]
    private static partial Regex NotInName();
}
