using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TinyQuant.Bench.Report;

/// <summary>Writes the tables of <c>bench/results</c>.</summary>
internal static partial class ReportCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static int Run(string runs, string start, string results)
    {
        string processor = Processor();
        string stem = Path.Combine(results, NotInName().Replace(processor.ToLowerInvariant(), "-").Trim('-'));
        (string Name, Measurements Measured)[] all = [.. new[] { "aot", "jit", "v2", "ort" }.Select(n => (n, Measurements.Read(runs, n)))];
        StartResult[] starts = JsonSerializer.Deserialize<StartResult[]>(File.ReadAllText(start))!;
        Directory.CreateDirectory(results);
        string text = new ReportText(processor, all.ToDictionary(a => a.Name, a => a.Measured), starts).ToString();
        File.WriteAllText(stem + ".md", text);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(
            new
            {
                processor,
                runs = all.Select(a => new
                {
                    a.Name,
                    a.Measured.Engine,
                    a.Measured.Units,
                    rows = a.Measured.Times.Select(t => new { t.Key.Model, t.Key.Kind, ns = t.Value }),
                }),
                starts,
            },
            s_indented) + "\n");
        Console.WriteLine(text);
        Console.WriteLine($"Wrote {stem}.md and {stem}.json");
        return 0;
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLower(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("[^a-z0-9]+|\\((r|tm)\\)")]
    private static partial Regex NotInName();
}
