using ScottPlot;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Training;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Output;

/// <summary>
/// Draws how an anomaly detector learned, and its receiver operating characteristic, as PNG pictures.
/// </summary>
internal static class AnomalyPictures
{
    private const int Width = 900;
    private const int Height = 500;

    /// <summary>Draws them beside a model; title and file name of each, for its card.</summary>
    public static IReadOnlyList<(string Title, string File)> Write(AnomalyModels models, string directory)
    {
        const string training = AnomalyRecipe.Name + ".training.png";
        const string curve = AnomalyRecipe.Name + ".roc.png";
        AtomicFile.WriteAllBytes(Path.Combine(directory, training), Loss(models.History));
        AtomicFile.WriteAllBytes(Path.Combine(directory, curve), Characteristic(models));
        return [("Error of the reconstruction over the epochs", training),
            ("Faults found against false alarms", curve)];
    }

    private static byte[] Loss(IReadOnlyList<EpochResult> history)
    {
        using var plot = new Plot();
        double[] epochs = [.. history.Select(e => (double)e.Epoch)];
        double[] losses = [.. history.Select(e => Math.Log10(e.Loss))];
        plot.Add.Scatter(epochs, losses).LegendText = "windows of a healthy machine";
        LogAxis.Label(plot, losses, "");
        plot.XLabel("epoch");
        plot.YLabel("mean squared error");
        plot.ShowLegend(Alignment.UpperRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static byte[] Characteristic(AnomalyModels models)
    {
        using var plot = new Plot();
        Line(plot, models.Float.Errors, models.Data.IsFaulty, Invariant($"float32, AUC {models.Float.Area:F4}"));
        Line(plot, models.Static.Errors, models.Data.IsFaulty, Invariant($"int8, AUC {models.Static.Area:F4}"));
        Line(plot, models.Data.Loudness, models.Data.IsFaulty,
            Invariant($"root mean square, AUC {models.LoudnessArea:F4}"));
        plot.XLabel("false alarms");
        plot.YLabel("faults found");
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetImageBytes(Height, Height, ImageFormat.Png);
    }

    private static void Line(Plot plot, IReadOnlyList<float> scores, IReadOnlyList<bool> isFaulty, string name)
    {
        IReadOnlyList<(double FalseAlarms, double Found)> curve = RankStatistics.Curve(scores, isFaulty);
        double[] falseAlarms = [.. curve.Select(p => p.FalseAlarms)];
        double[] found = [.. curve.Select(p => p.Found)];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(falseAlarms, found);
        line.LegendText = name;
        line.LineWidth = 2;
    }
}
