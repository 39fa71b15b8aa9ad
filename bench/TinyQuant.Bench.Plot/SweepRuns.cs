using System.Text.Json;

namespace TinyQuant.Bench.Plot;

/// <summary>What all runs of the sweep measured.</summary>
/// <param name="Runs">How many runs each program had.</param>
/// <param name="Lines">A line for each operator, arithmetic and unit, in the order in which they were measured.</param>
/// <param name="Spread">The greatest ratio of a layer's median over the runs to its least: how busy the machine
/// was.</param>
internal sealed record SweepRuns(int Runs, IReadOnlyList<SweepLine> Lines, double Spread)
{
    private readonly record struct LineKey(string Operator, string Arithmetic, string Unit);

    private readonly record struct Row(LineKey Line, string Shape, long Macs, int Depth, double Nanoseconds);

    /// <summary>Reads every JSON file of a directory; of each layer the least time counts.</summary>
    public static SweepRuns Read(string directory)
    {
        string[] files = [.. Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal)];
        var layers = files.SelectMany(Rows)
            .GroupBy(r => (r.Line, r.Shape, r.Macs, r.Depth))
            .Select(g =>
                (g.Key.Line, g.Key.Shape, g.Key.Macs, g.Key.Depth,
                    Times: g.Select(r => r.Nanoseconds).Order().ToArray()))
            .ToArray();
        if (layers.Length == 0)
        {
            return new SweepRuns(0, [], 1);
        }

        SweepLine[] lines = [.. layers
            .GroupBy(l => l.Line)
            .Select(g => new SweepLine(g.Key.Operator, g.Key.Arithmetic, g.Key.Unit,
                [.. g.Select(l => new SweepPoint(l.Shape, l.Macs, l.Depth, l.Times[0])).OrderBy(p => p.Macs)]))];
        return new SweepRuns(
            layers.Max(l => l.Times.Length), lines, layers.Max(l => l.Times[l.Times.Length / 2] / l.Times[0]));
    }

    private static IEnumerable<Row> Rows(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
        string mode = json.RootElement.GetProperty("mode").GetString()!;
        foreach (JsonElement row in json.RootElement.GetProperty("rows").EnumerateArray())
        {
            string unit = row.GetProperty("unit").GetString()!;
            yield return new(
                new(row.GetProperty("operator").GetString()!, row.GetProperty("arithmetic").GetString()!,
                    mode == "NativeAOT" ? unit : $"{unit} ({mode})"),
                row.GetProperty("shape").GetString()!, row.GetProperty("macs").GetInt64(),
                row.GetProperty("depth").GetInt32(), row.GetProperty("ns").GetDouble());
        }
    }
}
