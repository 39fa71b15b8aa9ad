using System.CommandLine;
using Spectre.Console;
using TinyQuant.Data.IO;
using TinyQuant.Export;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant export</c>: a model to a file of another format.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A .tqm, .tflite or .onnx model, int8 or float32." };
        MisspeltOptions.Refuse(model);
        var onnx = new Option<FileInfo>("--onnx")
        {
            HelpName = "FILE",
            Required = true,
            Description = "The ONNX file to write: quantized operators between DequantizeLinear and QuantizeLinear, "
                + "activations uint8 (code + 128), images [batches, channels, height, width].",
        };
        onnx.Validators.Add(Outputs.RequireFile);
        var command = new Command(
            "export", "Turn a model into an ONNX file, or say everything that stands against it.") { model, onnx };
        Overwriting.Refuse(command, [model], onnx);
        command.SetAction(parsed =>
        {
            Export(parsed.GetValue(model)!, parsed.GetValue(onnx)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Export(string source, FileInfo target)
    {
        Graph graph = ModelFiles.Load(source, rounding: null);
        ExportResult result = OnnxExporter.Export(graph);
        byte[] file = result.File ?? throw MessageLines.Of(
            message => new InvalidDataException(message), $"'{source}' cannot be exported:",
            result.Errors.Select(e => $"{source}: {e}"));
        AtomicFile.WriteAllBytes(target.FullName, file);
        string operators = GraphSize.Operators(graph);
        Screen.Line($"Wrote {target.FullName}: '{graph.Name}', {operators}, {file.Length:N0} bytes");
    }
}
