using System.Text.Json;

namespace TinyQuant.Bench.Report;

/// <summary>Writes the tables of <c>bench/results</c>.</summary>
internal static class ReportCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static int Run(string runs, string start, string results)
    {
        string processor = Processor.Name;
        string stem = Path.Combine(results, Processor.FileName);
        (string Name, Measurements Measured)[] all = [
            .. new[] { "aot", "jit", "v2", "ort" }.Select(n => (n, Measurements.Read(runs, n)))];
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
}
