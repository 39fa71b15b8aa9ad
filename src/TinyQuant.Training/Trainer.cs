using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;

namespace TinyQuant.Training;

/// <summary>
/// Mini-batch training. The same data, options and machine give the same bytes, whatever the number of cores.
/// </summary>
public static class Trainer
{
    /// <summary>Trains a classifier, whose parameters it changes in place.</summary>
    /// <param name="network">Takes an example, gives a score for each class.</param>
    /// <param name="data">What it learns; pixels go in as pixel / 255, other values as they are.</param>
    /// <param name="options">How long and in what steps.</param>
    /// <param name="progress">Told after every batch, on this thread; slow listeners slow training.</param>
    /// <param name="checkpoint">A file that is written after every epoch; null for none.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    /// <returns>What each epoch gave.</returns>
    /// <exception cref="ArgumentException">Network, data and options do not fit.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another run.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight is no finite number any more; the message names
    /// step and tensor.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the parameters are between two steps.</exception>
    public static IReadOnlyList<EpochResult> Train(
        Network network,
        LabelledExamples data,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CheckpointFile? checkpoint = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (data.Count == 0)
        {
            throw new ArgumentException("There is nothing to learn from.", nameof(data));
        }

        if (data.Labels.Span.IndexOfAnyExcept(data.Labels.Span[0]) < 0)
        {
            throw new ArgumentException(
                $"All {data.Count} {data.Noun} of {data.Name} are of one class; a classifier needs two, or there "
                    + "is nothing to tell apart.", nameof(data));
        }

        if (data.Length != network.InputLength)
        {
            throw new ArgumentException(
                Invariant($"The {data.Noun} have {data.Length} values; the network takes {network.InputLength}."),
                nameof(data));
        }

        foreach (byte label in data.Labels.Span)
        {
            if (label >= network.OutputLength)
            {
                throw new ArgumentException(
                    Invariant($"There is a label {label}; the network has {network.OutputLength} classes, from 0."),
                    nameof(data));
            }
        }

        Examples examples = data.ForTraining(options.Augmentation, options.Seed);
        return Train(network, examples,
            new Classification(data.Labels, options.LabelSmoothing, options.BalancesClasses),
            options, progress, checkpoint, cancellation);
    }

    /// <summary>Trains a network on any examples.</summary>
    /// <param name="network">Changed in place.</param>
    /// <param name="examples">What goes in.</param>
    /// <param name="objective">What is wanted of what comes out.</param>
    /// <param name="options">How long and in what steps.</param>
    /// <param name="progress">Told after every batch, on this thread.</param>
    /// <param name="checkpoint">A file that is written after every epoch; null for none.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    /// <inheritdoc
    /// cref="Train(Network, LabelledExamples, TrainingOptions, IProgress{TrainingProgress}, CheckpointFile,
    /// CancellationToken)" path="/exception"/>
    public static IReadOnlyList<EpochResult> Train(
        Network network,
        Examples examples,
        Objective objective,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CheckpointFile? checkpoint = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.ValidationExamples);
        if (options.BatchSize > network.MaxBatch)
        {
            throw new ArgumentException(
                Invariant($"The batch size {options.BatchSize} is more than the network's {network.MaxBatch}."),
                nameof(options));
        }

        if (examples.Length != network.InputLength)
        {
            throw new ArgumentException(
                Invariant($"The examples have {examples.Length} elements; the network takes {network.InputLength}."),
                nameof(examples));
        }

        if (options.ValidationExamples >= examples.Count)
        {
            throw new ArgumentException(
                Invariant($"{options.ValidationExamples} of {examples.Count} examples are to be held out; nothing ")
                    + "would be left to learn from.", nameof(
                    options));
        }

        return new TrainingRun(network, examples, objective, options, checkpoint).Run(progress, cancellation);
    }
}
