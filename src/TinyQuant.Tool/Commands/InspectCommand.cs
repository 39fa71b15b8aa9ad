using System.Collections.Immutable;
using System.CommandLine;
using TinyQuant.Data.IO;
using TinyQuant.Generator.Inspection;
using TinyQuant.Import;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant inspect</c>: what the compiler will make of a model.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = new Argument<FileInfo>("model") { Description = "A model, .tqm, .tflite or .onnx." };
        MisspeltOptions.Refuse(model);
        var svg = new Option<FileInfo?>("--svg")
        {
            HelpName = "FILE",
            Description = "Also draw the arena over time as SVG."
        };
        svg.Validators.Add(Outputs.RequireFile);
        var command = new Command("inspect", "Show a model's operators, what each costs, and its memory plan.")
        {
            model, svg,
        };
        SourceOptions options = SourceOptions.AddTo(command);
        Overwriting.Refuse(command, [model], svg);
        command.SetAction(parsed =>
        {
            FileInfo file = parsed.GetValue(model)!;
            InspectedModel inspected = Read(file, options.Of(parsed));
            InspectionTable.Write(inspected);
            ArenaDrawing.Write(inspected);
            Warnings.Write(inspected.Warnings);
            if (parsed.GetValue(svg) is { } target)
            {
                AtomicFile.WriteAllText(target.FullName, ArenaSvg.Write(inspected));
                Screen.Line($"Wrote {target.FullName}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static InspectedModel Read(FileInfo file, ImportOptions options) =>
        ModelInspector.Inspect(ModelFiles.Text(file.ToString(), options), out ImmutableArray<string> errors)
        ?? throw ModelFiles.NotAModel(file.ToString(), errors);
}
