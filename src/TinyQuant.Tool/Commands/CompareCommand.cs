using System.CommandLine;
using Spectre.Console;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;
using TinyQuant.Training.Data;
using TinyQuant.Training.IO;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant compare</c>: the original report's table for the three forms of a model.</summary>
internal static class CompareCommand
{
    private static readonly string[] s_kinds = ["fp32", "dynamic", "int8"];

    public static Command Create()
    {
        var data = new DataOptions();
        var models = new Option<DirectoryInfo>("--models")
        {
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("weights"),
            Description = "Where NAME.fp32.tqm, NAME.dynamic.tqm and NAME.int8.tqm are.",
        };
        var name = new Option<string>("--name")
        {
            HelpName = "NAME",
            DefaultValueFactory = _ => "mnist-linear",
            Description = "The model's name.",
        };
        var json = new Option<FileInfo?>("--json") { HelpName = "FILE", Description = "Also write the figures as JSON." };
        var command = new Command("compare", "Compare accuracy, size and time of a model in FP32, dynamic and static int8.") { models, name, json };
        foreach (Option option in data.All)
        {
            command.Add(option);
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            List<(string Kind, Graph Graph)> graphs = [.. s_kinds.Select(kind =>
                (kind, ModelFiles.Read(Path.Combine(parsed.GetValue(models)!.FullName, $"{parsed.GetValue(name)}.{kind}.tqm"))))];
            DataSet set = await data.LoadAsync(parsed, parsed.GetValue(data.DataSet) ?? DataSetOf(graphs[0].Graph), cancellation);
            IReadOnlyList<ComparisonRow> rows = await ProgressDisplay.RunAsync("Comparing",
                progress => Comparison.Run(graphs, set.Test, progress, cancellation));
            ComparisonTable.Write(rows, set.Test);
            if (parsed.GetValue(json) is { } file)
            {
                AtomicFile.WriteAllText(file.FullName, ComparisonJson.Write(rows, set.Test));
                AnsiConsole.MarkupLineInterpolated($"Wrote {file.FullName}");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The data set that the model was measured on, as its file says: <c>mnist/test</c> is of <c>mnist</c>.</summary>
    private static string DataSetOf(Graph graph)
    {
        string? measured = graph.FindMetric("accuracy")?.DataSet.Split('/')[0];
        return measured is not null && DataSetLoader.Names.Contains(measured) ? measured : DataSetLoader.Auto;
    }
}
