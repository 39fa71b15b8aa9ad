using System.CommandLine;
using Spectre.Console;
using TinyQuant.Data.IO;
using TinyQuant.Sizing;
using TinyQuant.Sizing.Programs;
using TinyQuant.Sizing.Publishing;
using TinyQuant.Sizing.Reports;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant size</c>: what a model and its kernels cost in a published program.</summary>
internal static class SizeCommand
{
    private const int Differences = 20;

    public static Command Create()
    {
        var models = new Argument<string[]>("models")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Models (.tqm, .tflite or .onnx) to measure. Without any, in the repository: mnist-linear in "
                + "fp32, dynamic, int8 and int4.",
        };
        MisspeltOptions.Refuse(models);
        var rids = new Option<string[]>("--rid")
        {
            HelpName = string.Join("|", Target.Rids),
            DefaultValueFactory = _ => [.. Target.Rids],
            Description = "What to publish for; may be given twice.",
        };
        rids.AcceptOnlyFromAmong([.. Target.Rids]);
        var output = new Option<FileInfo?>("--output", "-o")
        {
            HelpName = "FILE.md",
            Description = "Write all tables as Markdown, with a picture FILE.png beside it."
        };
        output.Validators.Add(Outputs.RequireFile);
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var page }] && !Directory.Exists(page) && Path.GetExtension(page) != ".md")
            {
                result.AddError($"'{page}' does not end in .md.");
            }
        });
        var json = new Option<FileInfo?>("--json") { HelpName = "FILE", Description = "Write every figure as JSON." };
        json.Validators.Add(Outputs.RequireFile);
        var check = new Option<FileInfo?>("--check")
        {
            HelpName = "FILE.md",
            Description = "Compare with a file that --output wrote: exit code 1 where a figure is off by more than 2 "
                + "% of the largest in its column.",
        };
        var command = new Command("size",
            "Publish a small program without a model and with each, as IL, trimmed and with NativeAOT, and show what "
                + "each part adds. Takes minutes.")
        {
            models, rids, output, json, check,
        };
        Overwriting.Refuse(
            command,
            result => [.. Overwriting.Paths(result, models), .. Overwriting.Paths(result, check)],
            result =>
                [.. Overwriting.Written(result, output, json),
                    .. Overwriting.Written(result, output).Select(page => (page.Option, PictureOf(page.File)))]);
        command.SetAction(async (parsed, cancellation) =>
        {
            FileInfo? page = parsed.GetValue(output);
            string? recorded = parsed.GetValue(check) is { } file ? Recorded(file) : null;
            var comparison = new SizeComparison(
                SizedModels.Load([.. parsed.GetValue(models)!.Distinct(StringComparer.Ordinal)]),
                [.. parsed.GetValue(rids)!.Distinct(StringComparer.Ordinal).Select(Target.Find)], LibrarySource.Find());
            SizeReport report = await ProgressDisplay.RunAsync("Publishing", task => comparison.Run(
                new SynchronousProgress<(string Step, double Fraction)>(step =>
                {
                    task.Description = Screen.Cell(step.Step);
                    task.Value = step.Fraction;
                }),
                cancellation));
            SizeTable.Write(report);
            string? picture = page is null ? null : PictureOf(page.Name);
            string markdown = MarkdownReport.Write(report, NameOf(page), picture);
            if (page is not null)
            {
                if (SizePicture.Draw(report) is { } png)
                {
                    Written(Path.Combine(page.DirectoryName!, picture!), path => AtomicFile.WriteAllBytes(path, png));
                }

                Written(page.FullName, path => AtomicFile.WriteAllText(path, markdown));
            }

            if (parsed.GetValue(json) is { } figures)
            {
                Written(figures.FullName, path => AtomicFile.WriteAllText(path, JsonReport.Write(report)));
            }

            return recorded is null ? ExitCodes.Done : Check(recorded, markdown, parsed.GetValue(check)!.ToString());
        });
        return command;
    }

    private static string Recorded(FileInfo file) =>
        file.Exists
            ? WholeFile.ReadAllText(file.FullName)
            : throw new FileNotFoundException($"there is no file '{file}' to check.");

    /// <summary>
    /// As it was given, so that the page names the command that writes it; without the directories of this machine.
    /// </summary>
    private static string NameOf(FileInfo? page) =>
        page is null || Path.IsPathRooted(page.ToString()) ? page?.Name ?? "size.md" : page.ToString();

    private static string PictureOf(string page) => Path.ChangeExtension(page, ".png");

    private static void Written(string path, Action<string> write)
    {
        write(path);
        Screen.Line($"Wrote {path}");
    }

    private static int Check(string recorded, string measured, string file)
    {
        (IReadOnlyList<string> deviations, int compared) = ReportCheck.Compare(recorded, measured);
        if (deviations.Count == 0)
        {
            Screen.Line($"{compared} figures are within {ReportCheck.Tolerance:P0} of {file}.");
            return ExitCodes.Done;
        }

        Screen.Error(Invariant($"{deviations.Count} of {compared} figures are not those of '{file}':"));
        foreach (string deviation in deviations.Take(Differences))
        {
            Screen.More(deviation);
        }

        return ExitCodes.Differs;
    }
}
