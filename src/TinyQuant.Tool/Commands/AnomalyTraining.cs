using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>Trains the autoencoder for anomalies in a vibration stream and writes its models and card.</summary>
internal static class AnomalyTraining
{
    public static async Task RunAsync(
        TrainingOptions options, string directory, bool resume, CancellationToken cancellation)
    {
        var checkpoint = new CheckpointFile(Path.Combine(directory, $"{AnomalyRecipe.Name}.train.checkpoint"), resume);
        AnomalyModels models;
        try
        {
            models = await ProgressDisplay.RunAsync(
                "Making the stream", task => Train(options, checkpoint, task, cancellation));
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint.Path))
        {
            string file = checkpoint.Path;
            Screen.Error($"the last whole epoch is kept in {file}; the same command with --resume goes on from there.");
            throw;
        }

        Report(models, models.Write(directory, AnomalyPictures.Write(models, directory)));
        File.Delete(checkpoint.Path);
    }

    private static AnomalyModels Train(
        TrainingOptions options, CheckpointFile checkpoint, ProgressTask task, CancellationToken cancellation)
    {
        VibrationData data = VibrationData.Create(new VibrationOptions());
        List<GraphRunner> runners = [];
        try
        {
            return AnomalyRecipe.Run(
                data, options, RealOutputs.Of,
                graph =>
                {
                    task.Description = "Quantizing and measuring";
                    runners.Add(new GraphRunner(graph));
                    return runners[^1];
                },
                new SynchronousProgress<TrainingProgress>(p =>
                {
                    task.Value = p.Fraction;
                    task.Description = string.Create(
                        CultureInfo.InvariantCulture, $"Epoch {p.Epoch} of {p.Epochs}  loss {p.Loss:F6}");
                }),
                checkpoint,
                cancellation);
        }
        finally
        {
            runners.ForEach(r => r.Dispose());
        }
    }

    private static void Report(AnomalyModels models, IReadOnlyList<string> paths)
    {
        Screen.Line($"A threshold on the window's RMS: AUC {models.LoudnessArea:F4}");
        Line(paths[0], models.Float);
        Line(paths[1], models.Static);
        Screen.Line($"{paths[2]}: the model card.");
    }

    private static void Line(string path, MeasuredDetector model) =>
        Screen.Line($"{path}: AUC {model.Area:F4} on {model.Graph.Metrics[0].DataSet}, {model.Graph.ConstantBytes:N0} bytes of weights and biases");
}
