using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Quantizers;

/// <summary>
/// Trains a trained graph on, with weights and activations rounded as the quantizer rounds them, so that it learns to
/// live with that. It starts from the weights and ranges of post-training quantization.
/// </summary>
public static class QuantizationAwareTrainer
{
    /// <summary>Trains on.</summary>
    /// <param name="graph">A trained float32 graph with one image as input and a score for each class as
    /// output.</param>
    /// <param name="calibration">The ranges of its activations.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="options">How long and in what steps; a small rate is enough.</param>
    /// <param name="format">How the weights will be rounded.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="checkpoint">A file that is written after every epoch; null for none.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    /// <returns>
    /// The float32 graph with its new weights, the ranges it was trained with, for <see cref="StaticQuantizer"/> to
    /// round in the same format, and what each epoch gave.
    /// </returns>
    /// <exception cref="ArgumentException">The graph has an operator that cannot be trained, or does not fit the
    /// data.</exception>
    public static (Graph Graph, Calibration Calibration, IReadOnlyList<EpochResult> History) Train(
        Graph graph,
        Calibration calibration,
        LabelledExamples data,
        TrainingOptions options,
        WeightFormat format = WeightFormat.Int8,
        IProgress<TrainingProgress>? progress = null,
        CheckpointFile? checkpoint = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(options);
        var quantized = new QuantizedNetwork(graph, calibration, options.BatchSize, format);
        IReadOnlyList<EpochResult> history = Trainer.Train(
            quantized.Network, data, options, progress, checkpoint, cancellation);
        (Graph trained, Calibration ranges) = quantized.Result(
            FormattableString.Invariant($"quantization-aware training, {history.Count} epochs, learning rate ")
                + FormattableString.Invariant($"{options.Schedule}"));
        return (trained, ranges, history);
    }
}
