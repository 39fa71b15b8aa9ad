using System.CommandLine;
using Spectre.Console;
using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant import</c>: a model of another format to a .tqm file.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var model = new Argument<FileInfo>("model")
        {
            Description = "A TensorFlow Lite model, .tflite, or a float32 network in ONNX, .onnx.",
        };
        MisspeltOptions.Refuse(model);
        var output = new Option<FileInfo>("--output", "-o")
        {
            HelpName = "FILE",
            Required = true,
            Description = "The .tqm file to write."
        };
        output.Validators.Add(Outputs.RequireFile);
        output.Validators.Add(Outputs.RequireNoImported);
        var rounding = new Option<string>("--rounding")
        {
            HelpName = "double|single|float-even",
            DefaultValueFactory = _ => Rounding.Double.ToName(),
            Description = "How accumulators become int8: as TensorFlow Lite Micro does by default, as it does with "
                + "TFLITE_SINGLE_ROUNDING, or as XNNPACK does.",
        };
        rounding.AcceptOnlyFromAmong("double", "single", "float-even");
        var name = new Option<string?>("--name")
        {
            HelpName = "NAME",
            Description = "The model's name; without it that of the file's metadata, or of the file."
        };
        var command = new Command(
            "import", "Turn a TensorFlow Lite or ONNX model into a .tqm file, or say all that stands against it.")
        {
            model, output, rounding, name,
        };
        SourceOptions options = SourceOptions.AddTo(command);
        Overwriting.Refuse(command, [model], output);
        command.SetAction(parsed =>
        {
            Rounding wanted = Roundings.TryParse(parsed.GetValue(rounding)!, out Rounding named)
                ? named
                : Rounding.Double;
            Import(parsed.GetValue(model)!, parsed.GetValue(output)!,
                options.Of(parsed) with { Rounding = wanted, Name = parsed.GetValue(name) });
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Import(FileInfo source, FileInfo target, ImportOptions options)
    {
        // A file of any other name is taken for the first format, whose importer says what it is instead.
        ModelImporter importer = ModelImporter.ByName(source.Name) ?? ModelImporter.All[0];
        ValidGraph valid = ImportedFiles.Read(importer, source.ToString(), options);
        Graph graph = valid.Graph;
        AtomicFile.WriteAllText(target.FullName, ModelWriter.Write(valid));
        string operators = GraphSize.Operators(graph), macs = Invariant($"{graph.Macs:N0} MACs");
        string constants = Invariant($"{graph.ConstantBytes:N0} bytes of constants");
        string rounded = graph.Rounding.ToName();
        Screen.Line(
            $"Wrote {target.FullName}: '{graph.Name}', {operators}, {macs}, {constants}, rounding {rounded}");
        Warnings.Write(NonFiniteWeights.Of(graph).Select(w => w.ToString()));
    }
}
