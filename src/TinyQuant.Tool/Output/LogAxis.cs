using ScottPlot;
using ScottPlot.TickGenerators;

namespace TinyQuant.Tool.Output;

/// <summary>A vertical axis of common logarithms, with its labels at round numbers.</summary>
internal static class LogAxis
{
    private static readonly double[] s_round = [1, 1.5, 2, 3, 5, 7];

    /// <summary>Labels the left axis of a plot whose ordinates are the logarithms of what is shown.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="logarithms">All ordinates.</param>
    /// <param name="unit">Written after each number, with the space before it.</param>
    public static void Label(Plot plot, IEnumerable<double> logarithms, string unit)
    {
        double[] all = [.. logarithms];
        (double first, double last) = (all.Min(), all.Max());
        var ticks = new NumericManual();
        for (int decade = (int)Math.Floor(first) - 1; decade <= Math.Ceiling(last); decade++)
        {
            foreach (double digits in s_round)
            {
                double value = digits * Math.Pow(10, decade);
                ticks.AddMajor(Math.Log10(value), FormattableString.Invariant($"{value:0.######}{unit}"));
            }
        }

        plot.Axes.Left.TickGenerator = ticks;
    }
}
