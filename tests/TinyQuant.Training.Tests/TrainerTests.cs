using System.Runtime.InteropServices;
using TinyQuant.Training.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Schedules;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests;

public class TrainerTests
{
    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 4,
        BatchSize = 16,
        Schedule = new CosineSchedule(0.1f),
    };

    [Fact]
    public void Loss_falls_and_accuracy_rises()
    {
        List<TrainingProgress> reports = [];

        Train(s_options, reports.Add);

        TrainingProgress[] epochs = [.. reports.Where(r => r.Batch == r.Batches)];
        Assert.Equal(4, epochs.Length);
        Assert.True(epochs[^1].Loss < 0.5 * epochs[0].Loss, $"{epochs[0].Loss} to {epochs[^1].Loss}");
        Assert.True(epochs[^1].Accuracy > 0.95);
        Assert.Equal(1, reports[^1].Fraction);
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes() => Assert.Equal(Train(s_options), Train(s_options));

    [Fact]
    public void Another_seed_gives_others() =>
        Assert.NotEqual(Train(s_options), Train(s_options with { Seed = 2 }));

    [Fact]
    public void Every_batch_is_reported_even_the_last_smaller_one()
    {
        List<TrainingProgress> reports = [];

        Train(s_options with { Epochs = 2 }, reports.Add, count: 100);

        Assert.Equal(2 * 7, reports.Count);
        Assert.Equal((2, 7, 7), (reports[^1].Epoch, reports[^1].Batch, reports[^1].Batches));
    }

    [Fact]
    public void Cancellation_stops_at_the_next_batch()
    {
        using var source = new CancellationTokenSource();
        int reports = 0;
        void Report(TrainingProgress progress)
        {
            reports++;
            if (progress.Batch == 3)
            {
                source.Cancel();
            }
        }

        Assert.Throws<OperationCanceledException>(() => Train(s_options, Report, cancellation: source.Token));
        Assert.Equal(3, reports);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_an_error()
    {
        var data = new LabelledImages("toy/train", 1, 4, new byte[8], new byte[] { 0, 4 });

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Trainer.Train(Toy.Linear(4, 4), data, s_options));

        Assert.Contains("label 4; the network has 4 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_another_size_are_an_error() => Assert.Throws<ArgumentException>(
        () => Trainer.Train(Toy.Linear(5, 4), Toy.Data(8, 4, 4), s_options));

    [Fact]
    public void The_cosine_falls_from_first_to_last()
    {
        var schedule = new CosineSchedule(1, 0.2f);

        Assert.Equal([1f, 0.6f], [schedule.At(0, 10), schedule.At(5, 10)]);
        Assert.Equal(0.2f, schedule.At(10, 10), 1e-6f);
    }

    private static byte[] Train(
        TrainingOptions options,
        Action<TrainingProgress>? report = null,
        int count = 600,
        CancellationToken cancellation = default)
    {
        Network network = Toy.Linear(20, 6);
        Synchronous<TrainingProgress>? progress = report is null ? null : new(report);
        Trainer.Train(network, Toy.Data(count, 20, 6), options, progress, cancellation: cancellation);
        return [.. network.Parameters.SelectMany(p => MemoryMarshal.AsBytes<float>(p.Values).ToArray())];
    }
}
