using System.CommandLine;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Tool.Files;
using TinyQuant.Tool.Output;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant quantize</c>: a float32 model to int8 or int4, with what that costs, layer by layer.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model")
        {
            Description = "A float32 model, .tqm, .tflite or .onnx, such as "
            + "weights/mnist-cnn.fp32.tqm."
        };
        MisspeltOptions.Refuse(model);
        var output = new Option<FileInfo?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The model to write. Without it only the figures are shown."
        };
        output.Validators.Add(Outputs.RequireFile);
        output.Validators.Add(Outputs.RequireNoImported);
        var method = new Option<string>("--method")
        {
            HelpName = "NAME",
            DefaultValueFactory = _ => CalibrationMethod.MinMax.Word(),
            Description = "How ranges of activations are chosen: minmax, percentile (99.99 %), mse (least squared "
                + "error) or entropy (Kullback-Leibler). The accuracy of each is shown.",
        };
        method.AcceptOnlyFromAmong([.. CalibrationMethods.All.Select(m => m.Word())]);
        var images = new Option<int>("--images")
        {
            HelpName = "N",
            DefaultValueFactory = _ => 1000,
            Description = "Training images that calibration looks at."
        };
        Numbers.Require<int>(images, n => n >= 1, "an integer of at least 1");
        var weights = new WeightOptions("");
        var perTensor = new Option<bool>("--per-tensor")
        {
            Description = "One scale for all int8 weights of a layer, "
            + "not one for each output."
        };
        perTensor.Validators.Add(result =>
            Require(!result.GetValue(perTensor) || result.GetResult(weights.Bits)?.Tokens is not [{ Value: "4" }],
                result.AddError, "--per-tensor goes with --bits 8."));
        var correct = new Option<bool>("--bias-correction")
        {
            Description = "Take off each bias what rounding of the "
            + "weights adds on average."
        };
        var equalize = new Option<bool>("--equalize")
        {
            Description = "Even out the weights of neighbouring layers "
            + "first (cross-layer equalization)."
        };
        var aware = new Option<int?>("--qat")
        {
            HelpName = "EPOCHS",
            Description = "Train on with weights and activations rounded (quantization-aware), as the model's recipe "
                + "trains."
        };
        Numbers.Require<int>(aware, n => n >= 1, "an integer of at least 1");
        var search = new Option<bool>("--search")
        {
            Description = "Find the smallest model within --max-loss: int8, "
            + "int4 in groups of 32 or int4, layer by layer. Formats are ranked on training images; the budget holds "
            + "on one half of the test images too, and the other half measures the result."
        };
        var maxLoss = new Option<double>("--max-loss")
        {
            HelpName = "POINTS",
            DefaultValueFactory = _ => 0.1,
            Description = "Percentage points of accuracy that --search may lose."
        };
        Numbers.Require<double>(maxLoss, p => p is >= 0 and <= 100, "points from 0 to 100");
        var dynamic = new Option<bool>("--dynamic")
        {
            Description = "Dynamic-range int8 instead: int8 weights, "
            + "activations quantized by their own range on each call; no calibration."
        };
        var half = new Option<bool>("--float16")
        {
            Description = "Store weights as float16 instead; the compiler "
            + "widens them, and all is computed in float32."
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "Keep to what is asked for. Without it, where that "
            + "loses more than 2 points, --equalize, --bias-correction and, unless it is given, --method mse are "
            + "tried, and the best of them is taken."
        };
        var json = new Option<FileInfo?>("--json")
        {
            HelpName = "FILE",
            Description = "Also write the figures as JSON."
        };
        json.Validators.Add(Outputs.RequireFile);
        var data = new DataOptions();
        var command = new Command("quantize",
            "Quantize a float32 model: accuracy of each calibration method, and range, scale and signal-to-noise "
                + "ratio of each layer.")
        {
            model, output, method, images, weights.Bits, weights.Group, perTensor, correct, equalize, aware, search,
            maxLoss, plain, dynamic, half, json,
        };
        data.AddTo(command);
        Overwriting.Refuse(
            command, result => [.. Overwriting.Paths(result, model), .. data.Reads(result)],
            result => Overwriting.Written(result, output, json));
        command.Validators.Add(result =>
        {
            foreach (Option form in new[] { dynamic, half }.Where(o => Conflicts.IsGiven(result, o)))
            {
                Conflicts.Refuse(result, form.Name,
                    [method, images, weights.Bits, weights.Group, perTensor, correct, equalize, aware, search, maxLoss,
                        plain, json]);
            }

            Conflicts.Refuse(result, dynamic.Name, Conflicts.IsGiven(result, dynamic) ? [half] : []);
            Conflicts.Refuse(result, search.Name,
                Conflicts.IsGiven(result, search) ? [aware, weights.Bits, weights.Group, perTensor, plain] : []);
            Conflicts.Refuse(result, aware.Name, Conflicts.IsGiven(result, aware) ? [plain] : []);
            Require(!Conflicts.IsGiven(result, maxLoss) || Conflicts.IsGiven(result, search), result.AddError,
                "--max-loss goes with --search.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            Graph graph = RealModel(parsed.GetValue(model)!);
            DataSet set = await data.LoadAsync(parsed, [graph], cancellation);
            if (parsed.GetValue(dynamic) || parsed.GetValue(half))
            {
                Graph stored = parsed.GetValue(dynamic)
                    ? DynamicQuantizer.Quantize(graph)
                    : Float16Quantizer.Quantize(graph);
                WeightStorage.Run(graph, stored, set.Test, parsed.GetValue(output)?.FullName);
                return ExitCodes.Done;
            }

            var options = new PostTrainingOptions
            {
                Method = CalibrationMethods.All.First(m => m.Word() == parsed.GetValue(method)),
                Weights = weights.Read(parsed, parsed.GetValue(perTensor)),
                CorrectsBias = parsed.GetValue(correct),
                Equalizes = parsed.GetValue(equalize),
            };
            await new Quantizing(graph, set, options, parsed.GetValue(images), parsed.GetValue(aware),
                parsed.GetValue(search) ? parsed.GetValue(maxLoss) / 100 : null, HelpOf(parsed, plain, method))
                .RunAsync(parsed.GetValue(output)?.FullName, parsed.GetValue(json)?.FullName, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Help HelpOf(ParseResult parsed, Option<bool> plain, Option method) =>
        parsed.GetValue(plain)
            ? Help.None
            : Conflicts.IsGiven(parsed.CommandResult, method) ? Help.WithoutMethod : Help.WithMethod;

    /// <summary>Looked at before data is loaded, which may take a download.</summary>
    private static Graph RealModel(string path)
    {
        Graph graph = ModelFiles.Load(path, rounding: null);
        if (graph.Tensors.FirstOrDefault(t => t.Type != TensorType.Float32) is { } other)
        {
            throw new InvalidDataException($"'{path}': {other} is not float32; only a float32 model can be quantized.");
        }

        return FiniteConstants.FindOther(graph) is { } broken
            ? throw new InvalidDataException($"'{path}': {broken}. The training that made it has diverged.")
            : graph;
    }

    private static void Require(bool condition, Action<string> fail, string message)
    {
        if (!condition)
        {
            fail(message);
        }
    }
}
