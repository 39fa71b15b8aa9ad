using System.Globalization;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Recipes;

/// <summary>
/// Runs a recipe: trains, quantizes after training, trains on where that is asked for, and measures each model.
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="data">What it learns from and is measured on.</param>
/// <param name="services">What it needs from outside.</param>
public sealed class RecipeRunner(NetworkRecipe recipe, DataSet data, RecipeServices services)
{
    /// <summary>Runs it.</summary>
    /// <param name="cancellation">Looked at between batches, calibration images and measurements.</param>
    /// <exception cref="FormatException">The text of the layers is wrong.</exception>
    /// <exception cref="ArgumentException">Recipe and data do not fit.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is damaged or of another run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainedNetwork Run(CancellationToken cancellation = default)
    {
        Network network = Build();
        IReadOnlyList<EpochResult> history = Trainer.Train(
            network, data.Train, recipe.Training, Progress("Training"), services.Checkpoint?.Invoke("train"),
            cancellation);
        Graph trained = Export(network, history.Count);
        services.Stage?.Invoke("Quantizing and measuring");
        Calibration calibration = Calibrator.Run(trained, services.Runner(trained), CalibrationInputs(), cancellation);
        calibration = data.Train.Range is { } range ? calibration.With(trained.Inputs[0].Name, range) : calibration;
        MeasuredModel real = Measure(trained, cancellation);
        MeasuredModel quantized = Measure(
            StaticQuantizer.Quantize(trained, calibration, perChannel: true), cancellation);
        MeasuredModel? int4 = recipe.Weights.Bits() == 4
            ? Measure(StaticQuantizer.Quantize(trained, calibration, recipe.Weights), cancellation)
            : null;
        if (recipe.QuantizationAware is not { } options)
        {
            return new TrainedNetwork(recipe, data.Train, real, quantized, int4, null, history, []);
        }

        (Graph tuned, Calibration ranges, IReadOnlyList<EpochResult> awareHistory) = QuantizationAwareTrainer.Train(
            trained, calibration, data.Train, options, recipe.Weights, Progress("Quantization-aware"),
            services.Checkpoint?.Invoke("qat"), cancellation);
        services.Stage?.Invoke("Measuring");
        MeasuredModel aware = Measure(int4 is null
            ? StaticQuantizer.Quantize(tuned, ranges, perChannel: true)
            : StaticQuantizer.Quantize(tuned, ranges, recipe.Weights), cancellation);
        return new TrainedNetwork(recipe, data.Train, real, quantized, int4, aware, history, awareHistory);
    }

    /// <summary>A network that begins with Dense takes an example as the vector it is.</summary>
    private Network Build()
    {
        FeatureShape shape = recipe.Layers.TrimStart().StartsWith("dense", StringComparison.Ordinal)
            ? FeatureShape.Vector(data.Train.Length)
            : recipe.Shape ?? new FeatureShape(data.Train.Rows, data.Train.Columns, 1);
        Network network = NetworkText.Build(recipe.Layers, new NetworkBuilder(shape, recipe.Training.Seed))
            .Build(recipe.Training.BatchSize);
        return network.OutputLength == data.ClassNames.Length
            ? network
            : throw new ArgumentException(
                Invariant($"The last layer gives {network.OutputLength} values; {data.Name} has ")
                    + Invariant($"{data.ClassNames.Length} classes."));
    }

    private Graph Export(Network network, int epochs) =>
        NetworkExporter.Export(network, data.Train is LabelledImages ? "image" : "input") with
        {
            Name = recipe.Name,
            Labels = data.ClassNames,
            Notes =
        [
            recipe.Layers,
            string.Create(CultureInfo.InvariantCulture,
                $"{recipe.Training.Optimizer.Kind}, {epochs} epochs, batch {recipe.Training.BatchSize}, "
                + $"learning rate {recipe.Training.Schedule}, seed {recipe.Training.Seed}"),
            string.Create(CultureInfo.InvariantCulture,
                $"trained on {data.Train.Count - recipe.Training.ValidationExamples} {data.Train.Noun} of {data.Name}, "
                + $"the best of all epochs on {recipe.Training.ValidationExamples} others"),
        ],
        };

    private MeasuredModel Measure(Graph graph, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var confusion = new ConfusionMatrix(data.Test.Labels.Span, services.Answers(graph), data.ClassNames.Length);
        return new MeasuredModel(
            graph with { Metrics = [new Metric("accuracy", confusion.Accuracy, $"{data.Name}/test", data.Test.Count)] },
            confusion);
    }

    private IEnumerable<float[]> CalibrationInputs()
    {
        float[] input = new float[data.Train.Length];
        for (int i = 0; i < Math.Min(recipe.CalibrationImages, data.Train.Count); i++)
        {
            data.Train.ReadReals(i, input);
            yield return input;
        }
    }

    private StageProgress Progress(string stage) => new(stage, services.Progress);

    private sealed class StageProgress(string stage, Action<string, TrainingProgress>? report)
        : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report?.Invoke(stage, value);
    }
}
