using System.CommandLine;
using Spectre.Console;
using TinyQuant.Model;
using TinyQuant.Training.Data;

namespace TinyQuant.Tool.Commands;

/// <summary>The options that say which data set, and where it is; shared by the commands.</summary>
internal sealed class DataOptions
{
    public Option<string?> DataSet { get; } = NewName();

    public Option<string?> Directory { get; } = new("--data")
    {
        HelpName = "DIR",
        Description = "Where the IDX files are, plain or .gz. Without it: $TINYQUANT_DATA, the user's cache, the system's "
            + "package (Fashion-MNIST), a download (MNIST).",
    };

    public Option<bool> Offline { get; } = new("--offline") { Description = "Download nothing." };

    public IEnumerable<Option> All => [DataSet, Directory, Offline];

    /// <summary>Finds and reads the data set, showing what happens, and says where it came from.</summary>
    public async Task<DataSet> LoadAsync(ParseResult parsed, string name, CancellationToken cancellation)
    {
        var options = new DataSetOptions { Directory = parsed.GetValue(Directory), AllowNetwork = !parsed.GetValue(Offline) };
        DataSetLoadResult result = AnsiConsole.Profile.Capabilities.Interactive
            ? await AnsiConsole.Status().StartAsync("Looking for data", status =>
            {
                var progress = new SynchronousProgress<DataProgress>(p => status.Status(Markup.Escape(Describe(p))));
                return DataSetLoader.LoadAsync(name, options, progress, cancellation);
            })
            : await DataSetLoader.LoadAsync(name, options, null, cancellation);
        foreach (string note in result.Notes)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{note}[/]");
        }
        AnsiConsole.MarkupLineInterpolated(
            $"Data: {result.Data.Name}, {result.Data.Train.Count:N0} training and {result.Data.Test.Count:N0} test images from {result.Data.Source}");
        return result.Data;
    }

    /// <summary>The data set that the model was measured on, as its file says: <c>mnist/test</c> is of <c>mnist</c>.</summary>
    public static string NameOf(Graph graph)
    {
        string? measured = graph.FindMetric("accuracy")?.DataSet.Split('/')[0];
        return measured is not null && DataSetLoader.Names.Contains(measured) ? measured : DataSetLoader.Auto;
    }

    private static string Describe(DataProgress progress) => progress.TotalBytes is { } total
        ? $"{progress.Activity}: {progress.Bytes / 1e6:F1} of {total / 1e6:F1} MB"
        : progress.Activity;

    private static Option<string?> NewName()
    {
        var option = new Option<string?>("--data-set")
        {
            HelpName = "NAME",
            Description = "mnist, fashion-mnist, strokes (procedural), or auto: the first of them that can be had.",
        };
        option.AcceptOnlyFromAmong([DataSetLoader.Auto, .. DataSetLoader.Names.Where(n => n != DataSetLoader.Auto)]);
        return option;
    }
}
