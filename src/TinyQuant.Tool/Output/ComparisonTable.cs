using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Evaluation;

namespace TinyQuant.Tool.Output;

/// <summary>The comparison as a table, beside the original report's figures.</summary>
internal static class ComparisonTable
{
    public static void Write(IReadOnlyList<ComparisonRow> rows, LabelledExamples images)
    {
        var table = new Table
        {
            Title = new TableTitle(
            Screen.Cell(
                $"{rows[0].Graph.Name} on {images.Name}, "
                    + $"{images.Count.ToString("N0", CultureInfo.InvariantCulture)} {images.Noun}"))
        };
        table.AddColumn("");
        foreach (ComparisonRow row in rows)
        {
            table.AddColumn(new TableColumn(Heading(row.Kind)).RightAligned());
        }

        table.AddColumn(new TableColumn("report: FP32").RightAligned());
        table.AddColumn(new TableColumn("report: quantized").RightAligned());
        Row(table, rows, "accuracy", r => Percent(r.Accuracy), Percent(OriginalReport.Fp32Accuracy),
            Percent(OriginalReport.QuantizedAccuracy));
        Row(table, rows, "weights and biases", r => Bytes(r.WeightBytes), Bytes(OriginalReport.Fp32Bytes),
            Bytes(OriginalReport.QuantizedBytes));
        Row(table, rows, "arena", r => Bytes(r.ArenaBytes), "", "");
        Row(table, rows, "one image", r => Units.Time(r.Latency.Image), "", "");
        Row(table, rows, $"batch of {Latency.BatchSize}", r => Units.Time(r.Latency.Batch), "", "");
        Row(table, rows, "test set", r => Units.Time(r.Latency.TestSet), Seconds(OriginalReport.Fp32Seconds),
            Seconds(OriginalReport.QuantizedSeconds));
        Row(table, rows, "speed against FP32", r => Ratio(rows[0].Latency.TestSet / r.Latency.TestSet), Ratio(1),
            Ratio(OriginalReport.Fp32Seconds / OriginalReport.QuantizedSeconds));
        AnsiConsole.Write(table);
        Screen.Line($"Under the JIT, one thread, models in turns, best of all rounds; int8 unit {DotUnits.Int8}, FP32 unit {DotUnits.Float32}.");
        Screen.Line($"The report's times are of another machine; its classes are MNIST's.");
    }

    private static void Row(Table table, IReadOnlyList<ComparisonRow> rows, string name,
        Func<ComparisonRow, string> cell, string fp32, string quantized) =>
        table.AddRow([name, .. rows.Select(cell), fp32, quantized]);

    private static string Heading(string kind) => kind switch
    {
        "fp32" => "FP32",
        "dynamic" => "dynamic int8",
        _ => "static int8",
    };

    private static string Percent(double fraction) =>
        (fraction * 100).ToString("F2", CultureInfo.InvariantCulture) + " %";

    private static string Bytes(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " B";

    private static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture) + " s";

    private static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture) + "x";
}
