using System.Globalization;
using Spectre.Console;
using TinyQuant.Evaluation;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Tool.Output;

/// <summary>What quantizing a model gave, as tables.</summary>
internal static class QuantizationTable
{
    public static void Write(QuantizationReport report)
    {
        AnsiConsole.Write(Layers(report));
        AnsiConsole.Write(Accuracies(report));
        Screen.Line($"Weights and their scales {WeightBytes.Of(report.Graph):N0} bytes; with biases {report.Graph.ConstantBytes:N0}, in float32 {report.Real.ConstantBytes:N0}.");
        foreach (string sentence in QuantizationAdvice.Of(report))
        {
            Screen.Line($"{sentence}");
        }
    }

    private static Table Layers(QuantizationReport report)
    {
        Table table = new Table
        {
            Title = new TableTitle(
            Screen.Cell($"{report.Graph.Name}: signal to noise, layer by layer"))
        }
            .AddColumns("operator", "writes", "weights")
            .AddColumns(Right("weights, dB"), Right("range"), Right("scale"), Right("zero"), Right("output, dB"));
        foreach (LayerError layer in report.Layers)
        {
            table.AddRow(
                layer.Operator, Screen.Cell(layer.Output), layer.Weights ?? "",
                layer.WeightDecibels is { } weights ? Decibels(weights) : "",
                string.Create(CultureInfo.InvariantCulture, $"{layer.Range.Min:G4} to {layer.Range.Max:G4}"),
                layer.Scale.ToString("G5", CultureInfo.InvariantCulture),
                layer.ZeroPoint.ToString(CultureInfo.InvariantCulture), Decibels(layer.Decibels));
        }

        return table;
    }

    private static Table Accuracies(QuantizationReport report)
    {
        Table table = new Table
        {
            Title = new TableTitle(
            Screen.Cell(
                $"Accuracy on {report.Images.Name}, "
                    + $"{report.Images.Count.ToString("N0", CultureInfo.InvariantCulture)} {report.Images.Noun}"))
        }
            .AddColumns("").AddColumns(Right("accuracy"), Right("points lost"));
        Row(table, "float32", report.RealAccuracy, report.RealAccuracy);
        if (report.PlainAccuracy is { } plain)
        {
            Row(table, $"{report.Options.Weights.Describe()}, as asked for", plain, report.RealAccuracy);
        }

        foreach ((CalibrationMethod method, double accuracy) in report.Methods)
        {
            Row(table, $"{report.Format}, ranges by {method.Word()}{(method == report.Options.Method ? " *" : "")}",
                accuracy, report.RealAccuracy);
        }

        if (report.AwareEpochs is not null)
        {
            Row(table, $"{report.Options.Weights.Describe()}, after quantization-aware training", report.Accuracy,
                report.RealAccuracy);
        }

        if (report.Search is { } search)
        {
            Row(table, Invariant($"formats chosen layer by layer, of {search.Tried} models tried"), report.Accuracy,
                report.RealAccuracy);
        }

        return table;
    }

    private static void Row(Table table, string name, double accuracy, double real) => table.AddRow(
        Screen.Cell(name), (100 * accuracy).ToString("F2", CultureInfo.InvariantCulture) + " %",
        (100 * (real - accuracy)).ToString("F2", CultureInfo.InvariantCulture));

    private static string Decibels(double value) =>
        double.IsInfinity(value) ? "exact" : value.ToString("F1", CultureInfo.InvariantCulture);

    private static TableColumn Right(string heading) => new TableColumn(heading).RightAligned();
}
