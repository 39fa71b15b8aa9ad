using System.Globalization;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace TinyQuant.Bench.Plot;

/// <summary>
/// GMAC/s against multiply-accumulates: a chart for each operator, a line for each arithmetic and unit.
/// </summary>
internal sealed class SweepPicture(string processor, SweepRuns runs)
{
    private const int Width = 1500;
    private const int Height = 1100;
    private const int Columns = 2;
    private const double LeastMacs = 2.85, MostMacs = 7.15; // powers of ten, with room for the markers
    private const double RoomForLegend = 1.5;

    private static readonly MarkerShape[] s_markers = [
        MarkerShape.FilledCircle, MarkerShape.FilledTriangleUp, MarkerShape.OpenSquare];
    private static readonly LinePattern[] s_patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];
    private static readonly IPalette s_colors = new ScottPlot.Palettes.ColorblindFriendly();
    private static readonly string[] s_sizes = ["1 K", "10 K", "100 K", "1 M", "10 M"];

    public void Save(string file)
    {
        Fonts.Default = "DejaVu Sans";
        string[] arithmetics = [.. runs.Lines.Select(l => l.Arithmetic).Distinct()];
        IGrouping<string, SweepLine>[] operators = [.. runs.Lines.GroupBy(l => l.Operator)];
        var charts = new Multiplot
        {
            Layout = new ScottPlot.MultiplotLayouts.Grid(
            (operators.Length + Columns - 1) / Columns, Columns)
        };
        charts.AddPlots(operators.Length);
        for (int i = 0; i < operators.Length; i++)
        {
            ScottPlot.Plot chart = charts.GetPlot(i);
            foreach (IGrouping<string, SweepLine> lines in operators[i].GroupBy(l => l.Arithmetic))
            {
                int unit = 0;
                foreach (SweepLine line in lines)
                {
                    Add(chart, line, s_colors.GetColor(Array.IndexOf(arithmetics, line.Arithmetic)), unit++);
                }
            }

            Label(chart, operators[i].Key, operators[i].Max(l => l.Best.GigaMacsPerSecond));
        }

        charts.SavePng(file, Width, Height);
    }

    // The color tells the arithmetic, and pattern and marker tell the unit. Of layers of one size the line meets the
    // fastest.
    private static void Add(ScottPlot.Plot chart, SweepLine line, Color color, int unit)
    {
        Scatter fastest = Add(
            chart, line.Points.GroupBy(p => p.Macs).Select(g => g.MaxBy(p => p.GigaMacsPerSecond)!), color, unit);
        fastest.LegendText = $"{line.Arithmetic}, {line.Unit}";
        fastest.LineWidth = 2;
        fastest.LinePattern = s_patterns[unit % s_patterns.Length];
        Add(chart, line.Points, color, unit).LineWidth = 0;
    }

    private static Scatter Add(ScottPlot.Plot chart, IEnumerable<SweepPoint> points, Color color, int unit)
    {
        SweepPoint[] all = [.. points];
        Scatter scatter = chart.Add.Scatter(
            Array.ConvertAll(all, p => Math.Log10(p.Macs)), Array.ConvertAll(all, p => p.GigaMacsPerSecond), color);
        scatter.MarkerShape = s_markers[unit % s_markers.Length];
        scatter.MarkerSize = 7;
        return scatter;
    }

    private void Label(ScottPlot.Plot chart, string name, double most)
    {
        chart.Title($"{name}, {processor}", size: 18);
        chart.XLabel("multiply-accumulates of a layer (MAC)", size: 15);
        chart.YLabel("GMAC/s", size: 15);
        chart.Axes.SetLimits(LeastMacs, MostMacs, 0, most * RoomForLegend);
        chart.Axes.Bottom.TickGenerator = new NumericManual(
            [.. Enumerable.Range(3, s_sizes.Length).Select(power => (double)power)], s_sizes);
        chart.Axes.Left.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value =>
            value.ToString("0", CultureInfo.InvariantCulture)
        };
        chart.Axes.Bottom.TickLabelStyle.FontSize = 14;
        chart.Axes.Left.TickLabelStyle.FontSize = 14;
        chart.Legend.FontSize = 14;
        chart.ShowLegend(Alignment.UpperLeft);
    }
}
