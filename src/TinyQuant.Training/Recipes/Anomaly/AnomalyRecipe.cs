using System.Globalization;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Optimizers;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Recipes;

/// <summary>
/// An autoencoder that learns the spectra of a healthy machine: what it reconstructs badly is a fault. It is measured
/// by the area under the curve (AUC) of its mean squared error.
/// </summary>
public static class AnomalyRecipe
{
    /// <summary>The recipe's and the model's name.</summary>
    public const string Name = "sensor-autoencoder";

    /// <summary>The layers.</summary>
    public const string Layers = "dense 48 bn relu; dense 6 bn relu; dense 48 bn relu; dense 64";

    /// <summary>How it is trained where nothing else is asked for.</summary>
    public static TrainingOptions Training { get; } = new()
    {
        Epochs = 60,
        BatchSize = 64,
        Schedule = NetworkRecipes.Rate(5e-3f, warmUp: 0.05),
        Optimizer = new OptimizerOptions(OptimizerKind.AdamW, WeightDecay: 0.01f),
    };

    /// <summary>Trains, quantizes after training and measures.</summary>
    /// <param name="data">The stream.</param>
    /// <param name="options">How long and in what steps.</param>
    /// <param name="reconstruct">What a model's generated code gives for each spectrum, in reals.</param>
    /// <param name="runner">Computes a float32 graph for calibration.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="checkpoint">Where the state is kept after each epoch; null for nowhere.</param>
    /// <param name="cancellation">Looked at between batches and examples.</param>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AnomalyModels Run(
        VibrationData data,
        TrainingOptions options,
        Func<Graph, IReadOnlyList<float[]>, IReadOnlyList<float[]>> reconstruct,
        Func<Graph, IGraphRunner> runner,
        IProgress<TrainingProgress>? progress = null,
        CheckpointFile? checkpoint = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Network network = NetworkText.Build(
            Layers, new NetworkBuilder(FeatureShape.Vector(VibrationData.Length), options.Seed)).Build(
            options.BatchSize);
        IReadOnlyList<EpochResult> history = Trainer.Train(
            network, new VectorExamples("vibration", data.Train), new Reconstruction(), options, progress, checkpoint,
            cancellation);
        Graph trained = NetworkExporter.Export(network, "spectrum", "reconstruction") with
        {
            Name = Name,
            Notes =
            [
                Layers,
                string.Create(CultureInfo.InvariantCulture,
                    $"{options.Optimizer.Kind}, {options.Epochs} epochs, batch {options.BatchSize}, "
                    + $"learning rate {options.Schedule}, seed {options.Seed}, on {data.Train.Count} windows of a "
                    + $"healthy machine"),
            ],
        };
        Calibration calibration = Calibrator.Run(trained, runner(trained), data.Train, cancellation)
            .With("spectrum", new ValueRange(0, 1));
        Graph quantized = StaticQuantizer.Quantize(trained, calibration, perChannel: true);
        MeasuredDetector Measure(Graph graph)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] errors = Errors(data.Test), others = Errors(data.Validation);
            double area = RankStatistics.AreaUnderCurve(errors, data.IsFaulty);
            return new MeasuredDetector(
                graph with { Metrics = [new Metric("auc", area, "vibration/test", data.Test.Count)] }, errors, others);

            float[] Errors(IReadOnlyList<float[]> spectra) => [.. spectra.Zip(reconstruct(graph, spectra), Error)];
        }

        return new AnomalyModels(data, options, Measure(trained), Measure(quantized), history);
    }

    private static float Error(float[] wanted, float[] given) =>
        (float)wanted.Zip(given, (a, b) => ((double)a - b) * (a - b)).Average();
}
