using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Data;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary><c>tinyquant train</c>: trains a recipe, quantizes it and writes the models.</summary>
internal static class TrainCommand
{
    private static readonly Dictionary<string, string> s_dataSetOfRecipe = new(StringComparer.Ordinal)
    {
        [DataSetLoader.Auto] = DataSetLoader.Auto,
        ["mnist-linear"] = "mnist",
        ["fashion-linear"] = "fashion-mnist",
        ["strokes-linear"] = "strokes",
    };

    public static Command Create()
    {
        var recipe = new Argument<string>("recipe")
        {
            DefaultValueFactory = _ => "mnist-linear",
            Description = "mnist-linear, fashion-linear, strokes-linear (procedural data), or auto: the first of them whose data can be had.",
        };
        recipe.AcceptOnlyFromAmong([.. s_dataSetOfRecipe.Keys]);
        var data = new DataOptions();
        var output = new Option<DirectoryInfo>("--output", "-o")
        {
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("weights"),
            Description = "Where the .tqm files and the golden answers are written.",
        };
        output.Validators.Add(Outputs.RequireNoFile);
        var defaults = new LinearOptions();
        Option<int> epochs = Positive("--epochs", "N", "How often every image is seen.", defaults.Epochs);
        Option<int> batch = Positive("--batch", "N", "Images a step.", defaults.BatchSize);
        var seed = new Option<ulong>("--seed") { HelpName = "N", DefaultValueFactory = _ => defaults.Seed, Description = "Decides the order of the images; the same seed gives the same bytes." };
        var rate = new Option<float>("--learning-rate") { HelpName = "R", DefaultValueFactory = _ => defaults.LearningRate, Description = "Adam's rate at the first step; it falls to 0 along a cosine." };
        rate.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && !(float.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out float value) && value is > 0 and < 10))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a learning rate; expected a number above 0 and below 10.");
            }
        });
        var command = new Command("train", "Train softmax regression, quantize it in both ways, and write the models with their measured accuracy.")
        {
            recipe, output, epochs, batch, seed, rate, data.Directory, data.Offline,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            DataSet set = await data.LoadAsync(parsed, s_dataSetOfRecipe[parsed.GetValue(recipe)!], cancellation);
            LinearOptions options = defaults with
            {
                Epochs = parsed.GetValue(epochs),
                BatchSize = parsed.GetValue(batch),
                Seed = parsed.GetValue(seed),
                LearningRate = parsed.GetValue(rate),
            };
            TrainedModels models = await ProgressDisplay.RunAsync("Training", task => Train(set, options, task, cancellation));
            Write(models, set, parsed.GetValue(output)!.FullName, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static TrainedModels Train(DataSet set, LinearOptions options, ProgressTask task, CancellationToken cancellation)
    {
        List<GraphRunner> runners = [];
        try
        {
            return LinearRecipe.Run(
                set, options,
                graph => ModelAccuracy.Measure(graph, set.Test),
                graph =>
                {
                    task.Description = "Quantizing and measuring";
                    runners.Add(new GraphRunner(graph));
                    return runners[^1];
                },
                new SynchronousProgress<TrainingProgress>(p =>
                {
                    task.Value = p.Fraction;
                    task.Description = string.Create(CultureInfo.InvariantCulture,
                        $"Epoch {p.Epoch} of {p.Epochs}  loss {p.Loss:F4}  accuracy {p.Accuracy:P2}");
                }),
                cancellation);
        }
        finally
        {
            runners.ForEach(r => r.Dispose());
        }
    }

    private static void Write(TrainedModels models, DataSet set, string directory, CancellationToken cancellation)
    {
        using var golden = new GoldenRunner(models);
        GoldenAnswers answers = GoldenAnswers.Create(models.Float.Name, set.Test, golden.Models);
        cancellation.ThrowIfCancellationRequested();
        foreach ((string path, Graph graph) in models.Write(directory, answers).Zip([models.Float, models.Dynamic, models.Static]))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"{path}: accuracy {graph.Metrics[0].Value:P2} on {graph.Metrics[0].DataSet}, {graph.ConstantBytes:N0} bytes of weights and biases");
        }
    }

    private static Option<int> Positive(string name, string helpName, string description, int value)
    {
        var option = new Option<int>(name) { HelpName = helpName, DefaultValueFactory = _ => value, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && !(int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int given) && given >= 1))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not possible for {name}; expected an integer of at least 1.");
            }
        });
        return option;
    }
}
