using System.Diagnostics;
using TinyQuant.Data;

namespace TinyQuant.Evaluation;

/// <summary>Times of one model in nanoseconds, each the best of all rounds.</summary>
/// <param name="Image">One picture.</param>
/// <param name="Batch">Pictures one after another, <see cref="Latency.BatchSize"/> of them.</param>
/// <param name="TestSet">All pictures of the set.</param>
public sealed record LatencyResult(double Image, double Batch, double TestSet);

/// <summary>
/// Times models against each other: they take turns, round by round, on pictures that are made ready before the
/// clock starts, so that a busy machine slows all of them alike.
/// </summary>
public static class Latency
{
    /// <summary>The batch of the original report.</summary>
    public const int BatchSize = 64;

    private const int WarmUpRounds = 4;
    private const int Rounds = 20;

    /// <summary>Measures the models in one run.</summary>
    /// <param name="models">Compiled models that take these pictures.</param>
    /// <param name="images">The test set.</param>
    /// <param name="progress">Told the fraction that is done.</param>
    /// <param name="cancellation">Ends the measurement between two rounds.</param>
    public static IReadOnlyList<LatencyResult> Measure(
        IReadOnlyList<CompiledModel> models, LabelledExamples images, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(images);
        ModelTimer[] timers = [.. models.Select(m => new ModelTimer(m, images))];
        for (int round = 0; round < WarmUpRounds + Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ModelTimer timer in timers)
            {
                timer.Round(counts: round >= WarmUpRounds);
            }

            if (round < WarmUpRounds)
            {
                Thread.Sleep(100); // the optimising compiler works in the background
            }

            progress?.Report((round + 1.0) / (WarmUpRounds + Rounds));
        }

        return [.. timers.Select(t => t.Result)];
    }

    private sealed class ModelTimer(CompiledModel model, LabelledExamples images)
    {
        private readonly LabelledImages? _pictures = model.ClassifiesPixels ? images as LabelledImages : null;
        private readonly int _size = images.Length;
        private readonly int _batch = Math.Min(BatchSize, images.Count); // of a set that is smaller than a batch, all
        private readonly byte[] _pixels = new byte[BatchSize * images.Length];
        private readonly float[] _reals = new float[BatchSize * images.Length];
        private long _bestBatch = long.MaxValue;
        private long _bestSet = long.MaxValue;
        private int _answers;

        public LatencyResult Result => new(
            Elapsed(_bestBatch) / _batch, Elapsed(_bestBatch) * BatchSize / _batch, Elapsed(_bestSet));

        public void Round(bool counts)
        {
            long set = 0;
            for (int first = 0; first < images.Count; first += BatchSize)
            {
                int count = Math.Min(BatchSize, images.Count - first);
                _pictures?.Pixels.Span.Slice(first * _size, count * _size).CopyTo(_pixels);
                for (int i = 0; i < count; i++)
                {
                    images.ReadReals(first + i, _reals.AsSpan(i * _size));
                }

                long start = Stopwatch.GetTimestamp();
                Classify(count);
                long batch = Stopwatch.GetTimestamp() - start;
                set += batch;
                _bestBatch = counts && count == _batch ? Math.Min(_bestBatch, batch) : _bestBatch;
            }

            _bestSet = counts ? Math.Min(_bestSet, set) : _bestSet;
        }

        private static double Elapsed(long ticks) => ticks * (1e9 / Stopwatch.Frequency);

        private void Classify(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _answers += _pictures is not null
                    ? model.Classify(_pixels.AsSpan(i * _size, _size))
                    : model.Classify(_reals.AsSpan(i * _size, _size));
            }
        }
    }
}
