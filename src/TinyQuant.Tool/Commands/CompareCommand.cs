using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Data.IO;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary>
/// <c>tinyquant compare</c>: any models side by side, or the original report's table for the three forms of one.
/// </summary>
internal static class CompareCommand
{
    private static readonly string[] s_kinds = ["fp32", "dynamic", "int8"];

    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Models to compare, the first of which the others are held against. Without any: the three "
                + "forms of --name in --models, beside the original report.",
        };
        MisspeltOptions.Refuse(files);
        var differences = new Option<int>("--differences")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 10,
            Description = "With files: how many pictures with the largest difference to show.",
        };
        Numbers.Require<int>(differences, n => n >= 0, "an integer of at least 0");
        var sheet = new Option<FileInfo?>("--sheet")
        {
            HelpName = "FILE",
            Description = "With files: also draw these pictures, with place, class and answers, as a PNG."
        };
        sheet.Validators.Add(Outputs.RequireFile);
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
        var json = new Option<FileInfo?>("--json")
        {
            HelpName = "FILE",
            Description = "Also write the figures as JSON."
        };
        json.Validators.Add(Outputs.RequireFile);
        var command = new Command("compare",
            "Compare accuracy, size, memory and time of models, and where they disagree.") { files, models, name,
                differences, sheet, json };
        data.AddTo(command);
        Overwriting.Refuse(
            command,
            result => [.. Models(result, files, models, name), .. data.Reads(result)],
            result => Overwriting.Written(result, sheet, json));
        command.Validators.Add(result =>
        {
            bool hasFiles = result.GetResult(files) is { Tokens.Count: > 0 };
            Conflicts.Refuse(result, hasFiles ? "files of models" : "the three forms of one model; it goes with files",
                hasFiles ? [models, name] : [differences, sheet]);
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(files) is { Length: > 0 } paths)
            {
                await new ModelComparison(
                    [.. paths.Select(p => (Path.GetFileNameWithoutExtension(p), ModelFiles.Load(p, rounding: null)))],
                    parsed.GetValue(differences))
                    .RunAsync(graphs => data.LoadAsync(parsed, graphs, cancellation),
                        parsed.GetValue(sheet)?.FullName, parsed.GetValue(json)?.FullName, cancellation);
                return ExitCodes.Done;
            }

            List<(string Kind, Graph Graph)> graphs = [.. s_kinds.Select(kind =>
                (kind, ModelFiles.Read(Form(parsed.GetValue(models)!.FullName, parsed.GetValue(name)!, kind))))];
            DataSet set = await data.LoadAsync(parsed, [.. graphs.Select(g => g.Graph)], cancellation);
            IReadOnlyList<ComparisonRow> rows = await ProgressDisplay.RunAsync("Comparing",
                progress => Comparison.Run(graphs, set.Test, progress, cancellation));
            ComparisonTable.Write(rows, set.Test);
            if (parsed.GetValue(json) is { } file)
            {
                AtomicFile.WriteAllText(file.FullName, ComparisonJson.Write(rows, set.Test));
                Screen.Line($"Wrote {file.FullName}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Form(string directory, string name, string kind) =>
        Path.Combine(directory, $"{name}.{kind}.tqm");

    private static IEnumerable<string> Models(CommandResult result, Symbol files, Symbol directory, Symbol name)
    {
        string[] given = [.. Overwriting.Paths(result, files)];
        return given.Length > 0
            ? given
            : from folder in Overwriting.Paths(result, directory)
              from model in Overwriting.Paths(result, name)
              from kind in s_kinds
              select Form(folder, model, kind);
    }
}
