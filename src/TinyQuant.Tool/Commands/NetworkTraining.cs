using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Tool.Output;
using TinyQuant.Training;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Tool.Commands;

/// <summary>Runs the recipe of a network and writes its models and card.</summary>
internal static class NetworkTraining
{
    private const int MaxEpochsShown = 30;
    private const double Begun = 0.999; // of the bar, where what is left has no batches

    public static async Task RunAsync(
        DataSet set, NetworkRecipe recipe, string directory, bool resume, CancellationToken cancellation)
    {
        string Checkpoint(string stage) => Path.Combine(directory, $"{recipe.Name}.{stage}.checkpoint");
        long start = Stopwatch.GetTimestamp();
        TrainedNetwork model;
        try
        {
            model = await ProgressDisplay.RunAsync("Training",
                task => Train(set, recipe, s => new CheckpointFile(Checkpoint(s), resume), task, cancellation));
        }
        catch (OperationCanceledException) when (File.Exists(Checkpoint("train")))
        {
            Screen.Error(
                $"the last whole epoch is kept in {Checkpoint("train")}; the same command with --resume goes on from there.");
            throw;
        }

        IReadOnlyList<(string Title, string File)> pictures = TrainingPictures.Write(model, directory);
        Report(model, model.Write(directory, pictures), directory, Stopwatch.GetElapsedTime(start));
        File.Delete(Checkpoint("train"));
        File.Delete(Checkpoint("qat"));
    }

    private static TrainedNetwork Train(
        DataSet set, NetworkRecipe recipe, Func<string, CheckpointFile> checkpoint, ProgressTask task,
        CancellationToken cancellation)
    {
        List<GraphRunner> runners = [];
        var services = new RecipeServices(
            graph => ModelAnswers.Of(graph, set.Test),
            graph =>
            {
                runners.Add(new GraphRunner(graph));
                return runners[^1];
            })
        {
            Checkpoint = checkpoint,
            Stage = stage => (task.Description, task.Value) = (stage, Begun), // training may have ended early
            Progress = (stage, p) => Show(task, stage, p),
        };
        try
        {
            return new RecipeRunner(recipe, set, services).Run(cancellation);
        }
        finally
        {
            runners.ForEach(r => r.Dispose());
        }
    }

    private static void Show(ProgressTask task, string stage, TrainingProgress p)
    {
        task.Value = Math.Min(p.Fraction, Begun); // quantizing and measuring is to come
        string heldOut = p.Last is { } last && !double.IsNaN(last.ValidationAccuracy)
            ? string.Create(CultureInfo.InvariantCulture, $"  held out {last.ValidationAccuracy:P2}")
            : "";
        task.Description = string.Create(CultureInfo.InvariantCulture,
            $"{stage}: epoch {p.Epoch} of {p.Epochs}  loss {p.Loss:F4}  accuracy {p.Accuracy:P2}{heldOut}");
    }

    private static void Report(TrainedNetwork model, IReadOnlyList<string> paths, string directory, TimeSpan time)
    {
        foreach (EpochResult e in Shown(model.History).Concat(Shown(model.AwareHistory)))
        {
            Screen.Line($"epoch {e.Epoch,3}: loss {e.Loss:F4}, accuracy {e.Accuracy:P2}{HeldOut(e)}");
        }

        Line(paths[0], model.Float);
        if (model.Aware is not null && model.Int4 is null)
        {
            Line("quantized after training", model.PostTraining);
        }

        Line(paths[1], model.Int8);
        if (model.Int4PostTraining is { } postTraining)
        {
            Line($"{model.Recipe.Weights.Describe()}, quantized after training", postTraining);
            Line(paths[3], model.Int4!);
        }

        Screen.Line($"{paths[2]}: the model card. Took {time.TotalMinutes:F1} minutes.");
        foreach (string warning in TrainingWarnings.Of(model, directory))
        {
            Screen.Line($"[yellow]{warning}[/]");
        }
    }

    /// <summary>Of many epochs some, and the last.</summary>
    private static IEnumerable<EpochResult> Shown(IReadOnlyList<EpochResult> history)
    {
        int every = (history.Count + MaxEpochsShown - 1) / MaxEpochsShown;
        return history.Where(e => every <= 1 || e.Epoch % every == 0 || e.Epoch == history.Count);
    }

    private static string HeldOut(EpochResult e) => double.IsNaN(e.ValidationLoss)
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $", held out: loss {e.ValidationLoss:F4}, accuracy {e.ValidationAccuracy:P2}");

    private static void Line(string what, MeasuredModel model) =>
        Screen.Line($"{what}: accuracy {model.Confusion.Accuracy:P2} on {model.Graph.Metrics[0].DataSet}, {model.Graph.ConstantBytes:N0} bytes of weights and biases");
}
