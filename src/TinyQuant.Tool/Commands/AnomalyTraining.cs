using System.Globalization;
using Spectre.Console;
using TinyQuant.Evaluation;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Data;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>Trains the autoencoder for anomalies in a vibration stream and writes its models.</summary>
internal static class AnomalyTraining
{
    public static async Task RunAsync(TrainingOptions options, string directory, CancellationToken cancellation)
    {
        AnomalyModels models = await ProgressDisplay.RunAsync("Making the stream", task =>
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
                        task.Description = string.Create(CultureInfo.InvariantCulture, $"Epoch {p.Epoch} of {p.Epochs}  loss {p.Loss:F6}");
                    }),
                    cancellation);
            }
            finally
            {
                runners.ForEach(r => r.Dispose());
            }
        });
        IReadOnlyList<string> paths = models.Write(directory);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"A threshold on the window's RMS: AUC {models.LoudnessArea:F4}");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"{paths[0]}: AUC {models.Float.Metrics[0].Value:F4} on {models.Float.Metrics[0].DataSet}, {models.Float.ConstantBytes:N0} bytes of weights and biases");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"{paths[1]}: AUC {models.Static.Metrics[0].Value:F4} on {models.Static.Metrics[0].DataSet}, {models.Static.ConstantBytes:N0} bytes of weights and biases");
    }
}
