using ScottPlot;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Model;
using TinyQuant.Training;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Output;

/// <summary>Draws training curves and confusion matrices as PNG pictures.</summary>
internal static class TrainingPictures
{
    private const int Width = 900;
    private const int Height = 500;
    private const int Cell = 64;
    private const double Readable = 0.5; // of the darkest shade: from there on white letters are

    /// <summary>Draws them beside a model; title and file name of each, for its card.</summary>
    public static IReadOnlyList<(string Title, string File)> Write(TrainedNetwork model, string directory)
    {
        string curves = $"{model.Recipe.Name}.training.png";
        string confusion = $"{model.Recipe.Name}.confusion.png";
        AtomicFile.WriteAllBytes(
            Path.Combine(directory, curves), Curves([.. model.History, .. model.AwareHistory], model.History.Count));
        AtomicFile.WriteAllBytes(Path.Combine(directory, confusion), Confusion(model.Int8));
        return [("Accuracy over the epochs", curves), ("Confusion of the classes in int8", confusion)];
    }

    /// <summary>Error rates on a logarithmic axis, where the last tenths of a per cent can be told apart.</summary>
    private static byte[] Curves(EpochResult[] history, int stage)
    {
        using var plot = new Plot();
        double[] epochs = [.. history.Select((_, i) => i + 1.0)];
        Line(plot, epochs, [.. history.Select(e => e.Accuracy)], "training images, as they were changed");
        if (history.All(e => !double.IsNaN(e.ValidationAccuracy)))
        {
            Line(plot, epochs, [.. history.Select(e => e.ValidationAccuracy)], "held-out images");
        }

        if (stage < history.Length)
        {
            plot.Add.VerticalLine(stage + 0.5).LegendText = "quantization-aware from here";
        }

        LogAxis.Label(plot,
            history.SelectMany(e => new[] { e.Accuracy, e.ValidationAccuracy }).Where(a => !double.IsNaN(a))
                .Select(LogError), " %");
        plot.XLabel("epoch");
        plot.YLabel("wrong answers");
        plot.ShowLegend(Alignment.UpperRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void Line(Plot plot, double[] epochs, double[] accuracy, string name)
    {
        double[] errors = [.. accuracy.Select(LogError)];
        plot.Add.Scatter(epochs, errors).LegendText = name;
    }

    private static double LogError(double accuracy)
    {
        const double least = 1e-4; // an error of 0 has no logarithm
        return Math.Log10(100 * Math.Max(least, 1 - accuracy));
    }

    private static byte[] Confusion(MeasuredModel model)
    {
        ConfusionMatrix confusion = model.Confusion;
        string[] names = [
            .. Enumerable.Range(0, confusion.Classes)
            .Select(c => c < model.Graph.Labels.Length ? Printable.Text(model.Graph.Labels[c]) : Invariant($"{c}"))];
        using var plot = new Plot();
        double[,] shades = new double[confusion.Classes, confusion.Classes];
        double darkest = -Math.Log(1 + Enumerable.Range(0, confusion.Classes).Max(c => confusion[c, c]));
        for (int label = 0; label < confusion.Classes; label++)
        {
            for (int answer = 0; answer < confusion.Classes; answer++)
            {
                // Logarithms, so that a single mistake shows; negative, since the map goes from dark to light.
                shades[label, answer] = -Math.Log(1 + confusion[label, answer]);
                ScottPlot.Plottables.Text number = plot.Add.Text(
                    Invariant($"{confusion[label, answer]}"), answer, confusion.Classes - 1 - label);
                number.LabelAlignment = Alignment.MiddleCenter;
                number.LabelFontColor = shades[label, answer] < darkest * Readable ? Colors.White : Colors.Black;
            }
        }

        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(shades);
        map.Colormap = new ScottPlot.Colormaps.Blues();
        plot.MoveToBack(map);
        double[] places = [.. Enumerable.Range(0, names.Length).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, names);
        plot.Axes.Left.SetTicks(places, [.. names.Reverse()]);
        plot.XLabel("answer");
        plot.YLabel("class");
        int side = Math.Max(Height, 120 + (Cell * names.Length));
        return plot.GetImageBytes(side, side, ImageFormat.Png);
    }
}
