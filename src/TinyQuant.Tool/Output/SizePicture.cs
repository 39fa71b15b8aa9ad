using ScottPlot;
using TinyQuant.Model;
using TinyQuant.Sizing;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Reports;

namespace TinyQuant.Tool.Output;

/// <summary>What each part of each model adds to the native program, as stacked bars.</summary>
internal static class SizePicture
{
    private const int Width = 1200;
    private const int Height = 640;
    private const int BytesOfKilobyte = 1000;

    /// <summary>A PNG; null where nothing was published ahead of time.</summary>
    public static byte[]? Draw(SizeReport report)
    {
        (TargetSizes Target, ProgramSizes Program)[] programs = [
            .. report.Targets.SelectMany(t => t.Natives().Select(p => (t, p)))];
        if (programs.Length == 0)
        {
            return null;
        }

        Part[] parts = [.. PartNames.All.Where(part => programs.Any(p => p.Target.Added(p.Program, part) > 0))];
        IPalette palette = new ScottPlot.Palettes.Category20();
        using var plot = new Plot();
        var bars = new List<Bar>();
        for (int i = 0; i < programs.Length; i++)
        {
            double bottom = 0;
            for (int k = 0; k < parts.Length; k++)
            {
                double height = (double)Math.Max(0, programs[i].Target.Added(programs[i].Program, parts[k]))
                    / BytesOfKilobyte;
                bars.Add(
                    new Bar
                    {
                        Position = i,
                        ValueBase = bottom,
                        Value = bottom + height,
                        FillColor = palette.GetColor(k),
                        LineWidth = 0
                    });
                bottom += height;
            }
        }

        plot.Add.Bars(bars);
        for (int k = 0; k < parts.Length; k++)
        {
            plot.Legend.ManualItems.Add(
                new LegendItem { LabelText = parts[k].Text(), FillColor = palette.GetColor(k) });
        }

        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, programs.Length).Select(i => (double)i)],
            [.. programs.Select(p => $"{Printable.Text(p.Program.Name)}\n{p.Target.Rid}")]);
        plot.Axes.Margins(bottom: 0);
        plot.YLabel("added to the program, kB");
        plot.ShowLegend(Edge.Right);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }
}
