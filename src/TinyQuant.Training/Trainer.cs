using System.Diagnostics;
using TinyQuant.Training.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Optimizers;

namespace TinyQuant.Training;

/// <summary>
/// Mini-batch training of a classifier with Adam and softmax cross-entropy, in one thread. The same data, options and
/// machine give the same bytes.
/// </summary>
public static class Trainer
{
    /// <summary>Trains a network, whose parameters it changes in place.</summary>
    /// <param name="network">Takes an image, gives a score for each class.</param>
    /// <param name="data">What it learns; pixels go in as pixel / 255.</param>
    /// <param name="options">How long and in what steps.</param>
    /// <param name="progress">Told after every batch, on this thread; slow listeners slow training.</param>
    /// <param name="cancellation">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">Network, data and options do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the parameters are between two steps.</exception>
    public static void Train(
        Network network,
        LabelledImages data,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Check(network, data, options);
        var random = new Pcg32(options.Seed);
        var optimizer = new Adam(network.Parameters);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        int batches = (data.Count + options.BatchSize - 1) / options.BatchSize;
        int step = 0;
        long start = Stopwatch.GetTimestamp();
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            int correct = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                int first = batch * options.BatchSize;
                int count = Math.Min(options.BatchSize, data.Count - first);
                (double batchLoss, int batchCorrect) = Backpropagate(network, data, order.AsSpan(first, count));
                optimizer.Step(options.Schedule.At(step++, batches * options.Epochs));
                loss += batchLoss * count;
                correct += batchCorrect;
                int seen = first + count;
                progress?.Report(new TrainingProgress(epoch, options.Epochs, batch + 1, batches,
                    loss / seen, (double)correct / seen, Stopwatch.GetElapsedTime(start)));
            }
        }
    }

    /// <summary>Sets the gradients of one batch; the mean loss and the number of correct answers.</summary>
    private static (double Loss, int Correct) Backpropagate(
        Network network, LabelledImages data, ReadOnlySpan<int> images)
    {
        Span<float> input = network.Input(images.Length);
        byte[] labels = new byte[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            data.ReadReals(images[i], input.Slice(i * data.ImageLength, data.ImageLength));
            labels[i] = data.Labels.Span[images[i]];
        }
        ReadOnlySpan<float> scores = network.Forward(images.Length);
        (double, int) result = SoftmaxCrossEntropy.Compute(scores, labels, network.OutputGradient(images.Length));
        network.Backward(images.Length);
        return result;
    }

    private static void Check(Network network, LabelledImages data, TrainingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        if (options.BatchSize > network.MaxBatch)
        {
            throw new ArgumentException(
                $"The batch size {options.BatchSize} is more than the network's {network.MaxBatch}.", nameof(options));
        }
        if (data.Count == 0)
        {
            throw new ArgumentException("There are no images to learn from.", nameof(data));
        }
        if (data.ImageLength != network.InputLength)
        {
            throw new ArgumentException(
                $"The images have {data.ImageLength} pixels; the network takes {network.InputLength}.", nameof(data));
        }
        foreach (byte label in data.Labels.Span)
        {
            if (label >= network.OutputLength)
            {
                throw new ArgumentException(
                    $"There is a label {label}; the network has {network.OutputLength} classes, from 0.", nameof(data));
            }
        }
    }
}
