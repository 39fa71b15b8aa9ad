using System.Collections.Immutable;
using System.CommandLine;
using TinyQuant.Data.IO;
using TinyQuant.Export;
using TinyQuant.Generator.Inspection;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant header</c>: the C header of a library with a model.</summary>
internal static class HeaderCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A .tqm, .tflite or .onnx model without state." };
        MisspeltOptions.Refuse(model);
        var output = new Option<FileInfo>("--output", "-o")
        {
            HelpName = "FILE",
            Required = true,
            Description = "The .h file to write."
        };
        output.Validators.Add(Outputs.RequireFile);
        var prefix = new Option<string?>("--prefix")
        {
            HelpName = "NAME",
            Description = "What each name begins with; without it tinyquant_ and the model's name.",
        };
        var command = new Command("header",
            "Write the C header of a shared library with a model: sizes, scales, labels and functions.") { model,
                output,
                prefix };
        Overwriting.Refuse(command, [model], output);
        command.SetAction(parsed =>
        {
            Write(parsed.GetValue(model)!, parsed.GetValue(output)!, parsed.GetValue(prefix));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(string source, FileInfo target, string? prefix)
    {
        Graph graph = ModelFiles.Load(source, rounding: null);
        InspectedModel inspected = ModelInspector.Inspect(ModelWriter.Write(graph), out ImmutableArray<string> errors)
            ?? throw ModelFiles.NotAModel(source, errors);
        string names = prefix ?? CHeader.DefaultPrefix(graph);
        AtomicFile.WriteAllText(target.FullName, CHeader.Write(graph, names, inspected.InstanceBytes));
        Screen.Line($"Wrote {target.FullName}: '{graph.Name}', names begin with {names}");
    }
}
