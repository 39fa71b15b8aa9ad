using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TinyQuant.Bench.Report;

/// <summary>The tables: each program's times, and how often ours fits into that of the other engine.</summary>
internal sealed class ReportText(string processor, IReadOnlyDictionary<string, Measurements> runs, StartResult[] starts)
{
    private const string Double = "int8 double";
    private const string FloatEven = "int8 float-even";
    private const string Float32 = "fp32";

    private readonly StringBuilder _text = new();
    private readonly Measurements _aot = runs["aot"];
    private readonly Measurements _other = runs["ort"];

    private IEnumerable<string> Models => _aot.Times.Keys.Select(k => k.Model).Distinct();

    public override string ToString()
    {
        _text.Clear();
        Line($"# {processor}");
        Line();
        Line($"Written by `./bench.sh`. One thread; µs an inference, the least of {_aot.Runs} runs in turns, each "
            + "the tenth percentile of many rounds.");
        Line(Invariant($"The medians of the runs were at most {runs.Values.Max(r => r.Spread):F2} times as long: ")
            + "that is how busy the machine was.");
        Line();
        Line($"- {_aot.Engine}, .NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}. NativeAOT "
            + $"x86-64-v3: {_aot.Units}. x86-64-v2: {runs["v2"].Units}. JIT: {runs["jit"].Units}");
        Line($"- {_other.Engine}, one thread, all optimisations, inputs and outputs bound before; the ONNX files "
            + "are those of `tinyquant export --onnx`");
        Line();
        WriteModels();
        WriteRatios();
        WriteStarts();
        return _text.ToString();
    }

    private void WriteModels()
    {
        Line("## Times, µs");
        Line();
        Line("| model | TinyQuant int8, double | int8, float-even | fp32 | ONNX Runtime int8 | fp32 | ML.NET |");
        Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string model in Models)
        {
            string? net = _other.Times.Keys.FirstOrDefault(k =>
                k.Model == model && k.Kind.StartsWith("ML.NET", StringComparison.Ordinal)).Kind;
            Line($"| {model} | {Time(_aot, model, Double)} | {Time(_aot, model, FloatEven)} | "
                + $"{Time(_aot, model, Float32)} | {Time(_other, model, "int8")} | {Time(_other, model, Float32)} "
                + $"| {(net is null ? "" : $"{Time(_other, model, net)} ({net})")} |");
        }

        Line();
        Line("TinyQuant under NativeAOT, x86-64-v3. The same by another compiler and for an older processor, "
            + "float-even:");
        Line();
        Line("| model | JIT int8 | JIT fp32 | x86-64-v2 int8 | x86-64-v2 fp32 |");
        Line("| --- | ---: | ---: | ---: | ---: |");
        foreach (string model in Models)
        {
            Line($"| {model} | {Time(runs["jit"], model, FloatEven)} | {Time(runs["jit"], model, Float32)} | "
                + $"{Time(runs["v2"], model, FloatEven)} | {Time(runs["v2"], model, Float32)} |");
        }

        Line();
    }

    private void WriteRatios()
    {
        Line("## How many times as long the other takes");
        Line();
        Line("ONNX Runtime's best of int8 and fp32 against ours under NativeAOT; and our own fp32 against our int8, "
            + "float-even.");
        Line();
        Line("| model | double | float-even | JIT, float-even | our fp32 : int8 | the same on x86-64-v2 |");
        Line("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (string model in Models)
        {
            double? best = new[] { "int8", Float32 }.Select(k => _other.Least(model, k)).Min();
            Line($"| {model} | {Ratio(best, _aot.Least(model, Double))} | "
                + $"{Ratio(best, _aot.Least(model, FloatEven))} | {Ratio(best, runs["jit"].Least(model, FloatEven))} "
                + $"| {Ratio(_aot.Least(model, Float32), _aot.Least(model, FloatEven))} | "
                + $"{Ratio(runs["v2"].Least(model, Float32), runs["v2"].Least(model, FloatEven))} |");
        }

        Line();
    }

    private void WriteStarts()
    {
        Line("## Start to first inference");
        Line();
        Line("A program that runs kws once and prints the answer, from outside: the median of many starts, in turns; "
            + "peak resident memory; deployed bytes (of the JIT's, without .NET itself).");
        Line();
        Line("| program | ms | peak KiB | bytes | times ours: ms | memory | bytes |");
        Line("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        StartResult ours = starts[0];
        foreach (StartResult result in starts)
        {
            Line(Invariant($"| {result.Label} | {result.Milliseconds:F2} | {result.PeakKibibytes:N0} | ")
                + Invariant($"{result.Bytes:N0} | {result.Milliseconds / ours.Milliseconds:F1} | ")
                + Invariant($"{(double)result.PeakKibibytes / ours.PeakKibibytes:F1} | ")
                + Invariant($"{(double)result.Bytes / ours.Bytes:F1} |"));
        }
    }

    private static string Time(Measurements measured, string model, string kind) =>
        measured.Least(model, kind) is { } time ? Invariant($"{time / 1000:F2}") : "";

    private static string Ratio(double? other, double? ours) =>
        other is { } a && ours is { } b ? Invariant($"{a / b:F2}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
