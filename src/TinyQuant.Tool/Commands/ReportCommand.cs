using System.CommandLine;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant report</c>: a model on one HTML page.</summary>
internal static class ReportCommand
{
    private const double MaxSeconds = 3600;

    public static Command Create()
    {
        var models = new Argument<string[]>("models")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "One or more .tqm, .tflite or .onnx models.",
        };
        MisspeltOptions.Refuse(models);
        var html = new Option<FileInfo>("--html")
        {
            HelpName = "FILE",
            DefaultValueFactory = _ => new FileInfo("report.html"),
            Description = "The page to write. Of several models it leads to theirs, which are written beside it: of "
                + "report.html and kws.tqm, report.kws.html.",
        };
        html.Validators.Add(Outputs.RequireFile);
        var twin = new Option<string?>("--twin")
        {
            HelpName = "MODEL",
            Description = "With one model: the float32 model that it was made of, for ranges and signal-to-noise "
                + "ratio of each layer. It takes inputs: --input, --data, --data-set or --from.",
        };
        var input = new Option<string?>("--input")
        {
            HelpName = "FILE",
            Description = "With --twin: raw little-endian input tensors of the model, run after run."
        };
        var seconds = new Option<double>("--seconds")
        {
            HelpName = "S",
            DefaultValueFactory = _ => 1,
            Description = "How long to measure the latency of each model; 0 leaves it out.",
        };
        Numbers.Require<double>(
            seconds, s => s is >= 0 and <= MaxSeconds, Invariant($"a number from 0 to {MaxSeconds}"));
        var data = new DataOptions();
        var command = new Command("report",
            "Write a model's page: graph, layers, arena over time, latency, and with data or a twin what it answers "
                + "and what quantization cost.")
        {
            models, html, twin, input, seconds,
        };
        data.AddTo(command);
        Overwriting.Refuse(
            command,
            result =>
                [.. new Symbol[] { models, twin, input }.SelectMany(s => Overwriting.Paths(result, s)),
                    .. data.Reads(result)],
            result => Overwriting.Written(result, html).SelectMany(page =>
                PageNames.Pages(page.File, [.. Overwriting.Paths(result, models)]).Append(page.File)
                    .Select(file => (page.Option, file))));
        command.SetAction(async (parsed, cancellation) =>
        {
            bool hasData = data.IsGiven(parsed);
            var options = new ReportOptions(
                parsed.GetValue(html)!.FullName, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(twin),
                parsed.GetValue(input));
            options.Require(parsed.GetValue(models)!.Length, hasData);
            IReadOnlyList<ReportSource> sources = ReportSource.ReadAll(parsed.GetValue(models)!);
            var reporting = new Reporting(sources, options, hasData
                ? (await data.LoadAsync(parsed, [.. sources.Select(s => s.Model.Graph)], cancellation)).Test
                : null);
            await reporting.RunAsync(cancellation);
            return ExitCodes.Done;
        });
        return command;
    }
}
