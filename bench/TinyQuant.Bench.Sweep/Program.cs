using System.Runtime.CompilerServices;
using System.Text.Json;
using TinyQuant;
using TinyQuant.Bench;

// Times single layers from 1 K to 10 M multiply-accumulates: TinyQuant.Bench.Sweep [--rounds N] [--json FILE].
if (SweepArguments.Parse(args) is not { } arguments)
{
    return 2;
}

string mode = RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "NativeAOT";
(LayerShape Shape, Arithmetic Arithmetic)[] layers = [.. SweepShapes.All];
Func<int>[] work = Array.ConvertAll(layers, l => LayerWork.Create(l.Shape, l.Arithmetic));
double[] times = Timing.InTurns(
    work, arguments.Rounds, Array.ConvertAll(work, w => Timing.RunsOf(w, TimeSpan.FromMilliseconds(0.3))));
SweepRow[] rows = [.. layers.Zip(times, (l, time) =>
    new SweepRow(l.Shape, l.Arithmetic, l.Arithmetic == Arithmetic.Float32 ? DotUnits.Float32 : DotUnits.Int8, time))];

Console.WriteLine($"TinyQuant {typeof(DotUnits).Assembly.GetName().Version?.ToString(3)}, {mode}, int8 "
    + $"{DotUnits.Int8}, float32 {DotUnits.Float32}");
Console.WriteLine(SweepRow.Header);
foreach (SweepRow row in rows)
{
    Console.WriteLine(row);
}

if (arguments.Json is not null)
{
    using FileStream stream = File.Create(arguments.Json);
    using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
    json.WriteStartObject();
    json.WriteString("mode", mode);
    json.WriteStartArray("rows");
    foreach (SweepRow row in rows)
    {
        row.WriteJson(json);
    }

    json.WriteEndArray();
    json.WriteEndObject();
}

return 0;
