using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>The options that say which data set, and where it is; shared by the commands.</summary>
internal sealed class DataOptions
{
    public Option<string?> DataSet { get; } = NewName();

    public Option<string?> Directory { get; } = new("--data")
    {
        HelpName = "DIR",
        Description = "Where the IDX files are, plain or .gz. Without it: $TINYQUANT_DATA, the user's cache, the "
            + "system's "
            + "package (Fashion-MNIST), a download (MNIST).",
    };

    public Option<string?> From { get; } = OwnOptions.NewFrom("Your own data instead");

    public CsvOptions Csv { get; } = new();

    public Option<bool> Offline { get; } = new("--offline") { Description = "Download nothing." };

    /// <summary>Gives a command these options, and refuses those that do not go together.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { DataSet, Directory, From, Csv.ClassColumn, Csv.Heading, Offline })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
            Conflicts.Refuse(result, "--from", Conflicts.IsGiven(result, From) ? [DataSet, Directory] : []));
        command.Validators.Add(result =>
            Conflicts.Refuse(
                result, "data that is not named with --from PATH", Conflicts.IsGiven(result, From) ? [] : Csv.All));
    }

    /// <summary>The files and directories that are read for data.</summary>
    public IEnumerable<string> Reads(CommandResult command)
    {
        var options = new DataSetOptions();
        string[] given = [.. Overwriting.Paths(command, From), .. Overwriting.Paths(command, Directory)];
        return given.Length > 0
            ? given
            : [.. new[] { options.EnvironmentDirectory, options.CacheDirectory }.OfType<string>()];
    }

    /// <summary>Whether one of the options says what data to take.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(Directory) is not null || parsed.GetValue(DataSet) is not null
            || parsed.GetValue(From) is not null;

    /// <summary>
    /// The data that the options name, or else that a model was measured on, with the classes of the models.
    /// </summary>
    /// <exception cref="ArgumentException">There is no telling which data it was, or the models number classes
    /// differently.</exception>
    /// <exception cref="InvalidDataException">The data has other classes than the model.</exception>
    public async Task<DataSet> LoadAsync(
        ParseResult parsed, IReadOnlyList<Graph> graphs, CancellationToken cancellation)
    {
        DataSet data = await LoadRawAsync(parsed, graphs.Count == 0 ? null : graphs[0], cancellation);
        if (graphs.Count == 0)
        {
            return data;
        }

        DataSet[] matched = [.. graphs.Select(data.WithClassesOf)];
        OwnOptions.Tell(matched.SelectMany(m => m.Notes.Skip(data.Notes.Length)).Distinct(StringComparer.Ordinal));
        int other = Array.FindIndex(matched, m => !m.Test.Labels.Span.SequenceEqual(matched[0].Test.Labels.Span));
        return other < 0
            ? matched[0]
            : throw new ArgumentException(
                $"'{graphs[other].Name}' numbers the classes of {data.Source} otherwise than '{graphs[0].Name}' "
                    + "does; expected models of the same classes.");
    }

    private async Task<DataSet> LoadRawAsync(ParseResult parsed, Graph? graph, CancellationToken cancellation)
    {
        string? measured = graph?.FindMetric("accuracy")?.DataSet.Split('/')[0];
        if (parsed.GetValue(From) is { } path)
        {
            return OwnOptions.Load(path, measured ?? "own", Csv.Read(parsed));
        }

        if (parsed.GetValue(DataSet) is { } name)
        {
            return await LoadAsync(parsed, name, cancellation);
        }

        return measured is null || DataSetLoader.Names.Contains(measured, StringComparer.Ordinal)
            ? await LoadAsync(parsed, measured ?? DataSetLoader.Auto, cancellation)
            : throw new ArgumentException(
                $"'{graph!.Name}' was measured on '{measured}', which is no data set that is known here; name its "
                    + "data with --from PATH, or others with --data-set NAME.");
    }

    /// <summary>Finds and reads the data set, showing what happens, and says where it came from.</summary>
    public async Task<DataSet> LoadAsync(ParseResult parsed, string name, CancellationToken cancellation)
    {
        if (name == StrokeDigits.Name && parsed.GetValue(Directory) is { } unused)
        {
            throw new ArgumentException(
                $"--data names '{unused}', but the data set '{name}' is drawn and not read; expected no --data, "
                    + "or --data-set with the name of another.");
        }

        var options = new DataSetOptions
        {
            Directory = parsed.GetValue(Directory),
            AllowNetwork = !parsed.GetValue(Offline)
        };
        DataSetLoadResult result = AnsiConsole.Profile.Capabilities.Interactive
            ? await AnsiConsole.Status().StartAsync("Looking for data", status =>
            {
                var progress = new SynchronousProgress<DataProgress>(p => status.Status(Screen.Cell(Describe(p))));
                return DataSetLoader.LoadAsync(name, options, progress, cancellation);
            })
            : await DataSetLoader.LoadAsync(name, options, null, cancellation);
        OwnOptions.Tell(result.Notes);
        Screen.Line($"Data: {result.Data.Name}, {result.Data.Train.Count:N0} training and {result.Data.Test.Count:N0} test {result.Data.Test.Noun} from {result.Data.Source}");
        return result.Data;
    }

    private static string Describe(DataProgress progress) => progress.TotalBytes is { } total
        ? Invariant($"{progress.Activity}: {progress.Bytes / 1e6:F1} of {total / 1e6:F1} MB")
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
