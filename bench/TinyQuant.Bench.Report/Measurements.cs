using System.Text.Json;

namespace TinyQuant.Bench.Report;

/// <summary>
/// What all runs of one program measured: of each model and kind the least, and how far the runs were apart.
/// </summary>
/// <param name="Engine">With its version.</param>
/// <param name="Units">Instruction sets.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Times">Nanoseconds, by model and kind, a run each.</param>
internal sealed record Measurements(
    string Engine, string Units, int Runs, IReadOnlyDictionary<(string Model, string Kind), double[]> Times)
{
    /// <summary>Reads <c>NAME.1.json</c>, <c>NAME.2.json</c> and so on.</summary>
    public static Measurements Read(string directory, string name)
    {
        var times = new Dictionary<(string, string), List<double>>();
        string[] files = Directory.GetFiles(directory, name + ".*.json");
        string engine = "", units = "";
        foreach (string file in files)
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            engine = json.RootElement.GetProperty("engine").GetString()!;
            units = json.RootElement.GetProperty("units").GetString()!;
            foreach (JsonElement row in json.RootElement.GetProperty("rows").EnumerateArray())
            {
                (string, string) key = (row.GetProperty("model").GetString()!, row.GetProperty("kind").GetString()!);
                if (!times.TryGetValue(key, out List<double>? list))
                {
                    times.Add(key, list = []);
                }

                list.Add(row.GetProperty("ns").GetDouble());
            }
        }

        return new Measurements(
            engine, units, files.Length, times.ToDictionary(t => t.Key, t => t.Value.Order().ToArray()));
    }

    /// <summary>The least of all runs; null where it was not measured.</summary>
    public double? Least(string model, string kind) =>
        Times.TryGetValue((model, kind), out double[]? times) ? times[0] : null;

    /// <summary>The median of all runs; null where it was not measured.</summary>
    public double? Median(string model, string kind) =>
        Times.TryGetValue((model, kind), out double[]? times) ? times[times.Length / 2] : null;

    /// <summary>The greatest ratio of a median to the least: how much other load there was.</summary>
    public double Spread => Times.Count == 0 ? 1 : Times.Values.Max(t => t[t.Length / 2] / t[0]);
}
