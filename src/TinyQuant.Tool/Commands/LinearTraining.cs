using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>Trains softmax regression and writes its three forms.</summary>
internal static class LinearTraining
{
    public static async Task RunAsync(
        DataSet set, LinearOptions options, string directory, CancellationToken cancellation)
    {
        TrainedModels models = await ProgressDisplay.RunAsync(
            "Training", task => Train(set, options, task, cancellation));
        Write(models, set, directory, cancellation);
    }

    private static TrainedModels Train(
        DataSet set, LinearOptions options, ProgressTask task, CancellationToken cancellation)
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
        using var golden = new GoldenRunner(models.Float, models.Dynamic, models.Static);
        GoldenAnswers answers = GoldenAnswers.Create(models.Float.Name, set.TestImages, golden.Models);
        cancellation.ThrowIfCancellationRequested();
        foreach ((string path, Graph graph) in models.Write(directory, answers)
            .Zip([models.Float, models.Dynamic, models.Static]))
        {
            Screen.Line(
                $"{path}: accuracy {graph.Metrics[0].Value:P2} on {graph.Metrics[0].DataSet}, {graph.ConstantBytes:N0} bytes of weights and biases");
        }
    }
}
