using System.Globalization;
using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Schedules;

namespace TinyQuant.Training.Recipes;

/// <summary>
/// Softmax regression on images: trains it, calibrates, quantizes in both ways and measures all three. Pixels go in
/// as pixel / 255, so the int8 input has scale 1/255 and zero point -128: its code is pixel - 128.
/// </summary>
public static class LinearRecipe
{
    /// <summary>The model's name for a data set: <c>mnist-linear</c>, <c>fashion-linear</c> and so on.</summary>
    public static string ModelName(string dataSet)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataSet);
        const string Suffix = "-mnist";
        string stem = dataSet.EndsWith(Suffix, StringComparison.Ordinal) ? dataSet[..^Suffix.Length] : dataSet;
        return $"{stem}-linear";
    }

    /// <summary>Trains and quantizes.</summary>
    /// <param name="data">What it learns from and is measured on.</param>
    /// <param name="options">The settings.</param>
    /// <param name="evaluate">The accuracy of a graph on the test images, a fraction of 1.</param>
    /// <param name="runner">Computes a float32 graph for calibration.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Looked at between batches, calibration images and measurements.</param>
    /// <exception cref="ArgumentException">Data and options do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainedModels Run(
        DataSet data,
        LinearOptions options,
        Func<Graph, double> evaluate,
        Func<Graph, IGraphRunner> runner,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentNullException.ThrowIfNull(runner);
        Graph trained = Train(data, options, progress, cancellation);
        Graph dynamic = DynamicQuantizer.Quantize(trained); // a dense layer computes with one scale there
        Calibration calibration = Calibrator
            .Run(trained, runner(trained), CalibrationInputs(data.Train, options.CalibrationImages), cancellation)
            .With(trained.Inputs[0].Name, new ValueRange(0, 1));
        Graph quantized = StaticQuantizer.Quantize(trained, calibration, options.PerChannel);

        Graph Measure(Graph graph)
        {
            cancellation.ThrowIfCancellationRequested();
            var accuracy = new Metric("accuracy", evaluate(graph), $"{data.Name}/test", data.Test.Count);
            return graph with { Metrics = [accuracy] };
        }

        return new TrainedModels(Measure(trained), Measure(dynamic), Measure(quantized));
    }

    private static Graph Train(
        DataSet data, LinearOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var network = new Network(
            options.BatchSize, new DenseLayer("dense", data.Train.Length, data.ClassNames.Length));
        var training = new TrainingOptions
        {
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Schedule = new CosineSchedule(options.LearningRate),
        };
        Trainer.Train(network, data.Train, training, progress, cancellation: cancellation);
        return NetworkExporter.Export(network) with
        {
            Name = ModelName(data.Name),
            Labels = data.ClassNames,
            Notes =
            [
                string.Create(CultureInfo.InvariantCulture, $"softmax regression, Adam, {options.Epochs} epochs, "
                    + $"batch {options.BatchSize}, learning rate {training.Schedule}, seed {options.Seed}"),
                string.Create(CultureInfo.InvariantCulture, $"trained on {data.Train.Count} images of {data.Name}"),
            ],
        };
    }

    private static IEnumerable<float[]> CalibrationInputs(LabelledExamples images, int count)
    {
        for (int i = 0; i < Math.Min(count, images.Count); i++)
        {
            float[] input = new float[images.Length];
            images.ReadReals(i, input);
            yield return input;
        }
    }
}
