using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TinyQuant.Bench.Plot;

/// <summary>The tables of a sweep.</summary>
internal sealed class SweepText(string processor, SweepRuns runs, string picture)
{
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        Line($"# Layers from 1 K to 10 M multiply-accumulates, {processor}");
        Line();
        Line($"Written by `./bench.sh --sweep`. .NET {Environment.Version}, "
            + $"{RuntimeInformation.RuntimeIdentifier}, one thread; of {runs.Runs} runs the least time of each "
            + "layer, each the tenth percentile of many rounds.");
        Line(Invariant($"The median of a layer's runs was at most {runs.Spread:F2} times as long: that is how ")
            + "busy the machine was.");
        Line("Stride 1, output as large as input, weights below 256 KB; the products with the padding count. "
            + "`float-even`, `double`: the requantization's rounding.");
        Line();
        Line($"![GMAC/s against layer size]({picture})");
        Line();
        WriteRatios();
        foreach (IGrouping<string, SweepLine> op in runs.Lines.GroupBy(l => l.Operator))
        {
            WriteOperator(op.Key, [.. op]);
        }

        return _text.ToString();
    }

    private void WriteRatios()
    {
        Line("## ns a MAC at 10 M MACs : best");
        Line();
        Line("The fastest and the slowest layer of about 10 M against the fastest of any size. An output is the sum "
            + "of *depth* products and is requantized and stored once, which weighs the more the less the depth; "
            + "so the last column compares the slowest with layers of its depth only, of any size, where size is all "
            + "that differs.");
        Line();
        Line("| operator | arithmetic | unit | best, GMAC/s | at 10 M, fastest | ratio | at 10 M, slowest | ratio | "
            + "to its depth |");
        Line("| --- | --- | --- | --- | --- | ---: | --- | ---: | ---: |");
        foreach (SweepLine l in runs.Lines.OrderBy(l => l.Operator, StringComparer.Ordinal)
            .Where(l => l.Largest.Count > 0))
        {
            SweepPoint fastest = l.Largest[0], slowest = l.Largest[^1];
            Line(Invariant($"| {l.Operator} | {l.Arithmetic} | {l.Unit} | {Speed(l.Best)} | {Speed(fastest)} | ")
                + Invariant($"{l.RatioToBest(fastest):F2} | {Speed(slowest)} | {l.RatioToBest(slowest):F2} | ")
                + Invariant($"{l.RatioToBestOfDepth(slowest):F2} |"));
        }

        Line();
    }

    private static string Speed(SweepPoint layer) => Invariant($"{layer.GigaMacsPerSecond:F1} ({layer.Shape})");

    private void WriteOperator(string name, SweepLine[] lines)
    {
        Line($"## {name}, GMAC/s");
        Line();
        Line("| shape | MACs | " + string.Join(" | ", lines.Select(l => $"{l.Arithmetic}, {l.Unit}")) + " |");
        Line("| --- | ---: |" + string.Concat(lines.Select(_ => " ---: |")));
        foreach ((string shape, long macs) in lines.SelectMany(l => l.Points).Select(p => (p.Shape, p.Macs)).Distinct()
            .OrderBy(p => p.Macs))
        {
            IEnumerable<string> cells = lines.Select(l =>
                l.Points.FirstOrDefault(p => p.Shape == shape) is { } point
                    ? Invariant($"{point.GigaMacsPerSecond:F1}")
                    : "");
            Line(Invariant($"| {shape} | {macs:N0} | ") + string.Join(" | ", cells) + " |");
        }

        Line();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
