using System.CommandLine;
using System.Globalization;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant verify</c>: whether a model's generated code computes what a reference recorded.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model")
        {
            Description = "A .tqm, .tflite or .onnx model; or a directory, in which every folder with model.tflite (or "
                + "model.tqm), input.bin and expected.bin is verified.",
        };
        MisspeltOptions.Refuse(model);
        var input = new Option<string?>("--input")
        {
            HelpName = "FILE",
            Description = "Raw little-endian input tensors, run after run."
        };
        var expected = new Option<string?>("--expected")
        {
            HelpName = "FILE",
            Description = "The outputs that a reference computes for them."
        };
        var layers = new Option<string?>("--layers")
        {
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Also compare what each operator computes for the first input: a table layers.tsv, with "
                + "layers.bin beside it. For a directory write it behind the directory, without a file: layers are "
                + "compared where they are recorded.",
        };
        var rounding = new Option<string?>("--rounding")
        {
            HelpName = "double|single|float-even",
            Description = "Round so, whatever the model says. Single compares with expected_single.bin."
        };
        rounding.AcceptOnlyFromAmong("double", "single", "float-even");
        var streaming = new Option<bool>("--streaming")
        {
            Description = "Carry state from run to run; else it is "
            + "reset before each. Of a directory both are compared where they are recorded."
        };
        var command = new Command("verify",
            "Generate a model's code, compile it in memory, run it and compare: integers byte for byte, float32 "
                + "within 0.0001 of the value or 0.00001. Says whether all was equal to the bit, or within that "
                + "tolerance.")
        {
            model, input, expected, layers, rounding, streaming,
        };
        SourceOptions options = SourceOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetValue(model)!;
            Rounding? wanted = Roundings.TryParse(parsed.GetValue(rounding) ?? "", out Rounding named) ? named : null;
            bool comparesLayers = parsed.GetResult(layers) is not null;
            string? inputs = parsed.GetValue(input);
            string? outputs = parsed.GetValue(expected);
            if (Directory.Exists(path))
            {
                return Task.FromResult(inputs is null && outputs is null && parsed.GetValue(layers) is null
                    ? new GoldenDirectory(path, wanted ?? Rounding.Double, comparesLayers).Verify(cancellation)
                    : throw new ArgumentException(
                        $"'{path}' is a directory, which has its inputs and expected outputs in it; expected no "
                            + "--input, no --expected and no file after --layers."));
            }

            if (!File.Exists(path))
            {
                throw new FileNotFoundException($"there is no model file and no directory '{path}'.");
            }

            if (inputs is null || (outputs is null && !comparesLayers))
            {
                throw new ArgumentException(
                    $"verifying '{path}' takes --input FILE and --expected FILE; or a directory that holds them.");
            }

            return Task.FromResult(
                One(ModelFiles.Load(path, wanted, options.Of(parsed)), inputs, outputs,
                    comparesLayers ? parsed.GetValue(layers) ?? "layers.tsv" : null, parsed.GetValue(streaming)));
        });
        return command;
    }

    private static int One(Graph graph, string input, string? expected, string? layers, bool carriesState)
    {
        using ModelVerifier verifier = ModelVerifier.Compile(graph, layers is not null);
        RecordedTensors inputs = RecordedTensors.Read(input, graph.Inputs);
        Mismatch? mismatch = layers is null ? null : verifier.Layers(inputs, RecordedLayer.Read(layers));
        if (mismatch is null && expected is not null)
        {
            mismatch = verifier.Outputs(inputs, RecordedTensors.Read(expected, graph.Outputs), carriesState);
        }

        if (mismatch is not null)
        {
            Screen.Error($"{mismatch}");
            return ExitCodes.Differs;
        }

        string found = verifier.IsEqual ? "equal to the bit" : $"within tolerance ({Tolerance.Float32})";
        Screen.Plain(string.Create(CultureInfo.InvariantCulture,
            $"'{graph.Name}': {inputs.Count} inputs, all outputs {found}, rounding {graph.Rounding.ToName()}"));
        return ExitCodes.Done;
    }
}
