using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Evaluation;

namespace TinyQuant.Tool.Output;

/// <summary>Any models side by side, and the pictures on which they differ most.</summary>
internal static class ModelTable
{
    public static void Write(IReadOnlyList<ComparisonRow> rows, Disagreements differences, LabelledExamples images)
    {
        Table table = new Table
        {
            Title = new TableTitle(
            Screen.Cell($"{images.Name}, {Number(images.Count)} {images.Noun}"))
        }.AddColumn(
            "model")
            .AddColumns(Right("accuracy"), Right("other answers"), Right("weights and biases"), Right("baked"),
                Right("arena"), Right("MACs"), Right("one image"));
        foreach ((ComparisonRow row, int differing) in rows.Zip(differences.Differing))
        {
            table.AddRow(
                Screen.Cell(row.Kind), (100 * row.Accuracy).ToString("F2", CultureInfo.InvariantCulture) + " %",
                Number(differing), Number(row.WeightBytes) + " B",
                Number(row.BakedBytes) + " B", Number(row.ArenaBytes) + " B", Number(row.Graph.Macs),
                Units.Time(row.Latency.Image));
        }

        AnsiConsole.Write(table);
        Screen.Line($"Other answers: than those of {rows[0].Kind}. Times under the JIT, one thread, models in turns, best of all rounds; int8 unit {DotUnits.Int8}, FP32 unit {DotUnits.Float32}.");
        if (differences.Largest.Count > 0)
        {
            AnsiConsole.Write(Pictures(rows, differences));
        }
    }

    private static Table Pictures(IReadOnlyList<ComparisonRow> rows, Disagreements differences)
    {
        Table table = new Table { Title = new TableTitle("Largest differences") }.AddColumns(
            Right("picture"), Right("class"));
        foreach (ComparisonRow row in rows)
        {
            table.AddColumn(new TableColumn(Screen.Cell(row.Kind)).RightAligned());
        }

        table.AddColumn(Right("difference"));
        foreach (Disagreement d in differences.Largest)
        {
            table.AddRow([Number(d.Index), ClassName(rows, d.Label), .. d.Answers.Select(a => ClassName(rows, a)),
                d.Difference.ToString("F3", CultureInfo.InvariantCulture)]);
        }

        return table;
    }

    private static string ClassName(IReadOnlyList<ComparisonRow> rows, int index) =>
        Screen.Cell(index < rows[0].Graph.Labels.Length ? rows[0].Graph.Labels[index] : Number(index));

    private static TableColumn Right(string heading) => new TableColumn(heading).RightAligned();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
