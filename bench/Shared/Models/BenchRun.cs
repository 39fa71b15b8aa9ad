using System.Globalization;
using System.Text.Json;

namespace TinyQuant.Bench;

/// <summary>What one program measured in one run, and where; as a table and as JSON.</summary>
/// <param name="Engine">TinyQuant or another, with its version.</param>
/// <param name="Mode">JIT or NativeAOT.</param>
/// <param name="Units">The instruction sets its kernels took; empty where it does not tell.</param>
internal sealed record BenchRun(string Engine, string Mode, string Units)
{
    /// <summary>Model, kind of arithmetic and nanoseconds an inference.</summary>
    public List<(string Model, string Kind, double Nanoseconds)> Rows { get; } = [];

    public void WriteTable()
    {
        Console.WriteLine($"{Engine}, {Mode}{(Units.Length > 0 ? ", " + Units : "")}");
        foreach ((string model, string kind, double time) in Rows)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{model,-14} {kind,-18} {time / 1000,10:F2} µs"));
        }
    }

    public void WriteJson(string file)
    {
        using FileStream stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("engine", Engine);
        json.WriteString("mode", Mode);
        json.WriteString("units", Units);
        json.WriteStartArray("rows");
        foreach ((string model, string kind, double time) in Rows)
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteString("kind", kind);
            json.WriteNumber("ns", Math.Round(time, 2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
