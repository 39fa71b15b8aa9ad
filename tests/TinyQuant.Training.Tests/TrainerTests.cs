using System.Runtime.InteropServices;
using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Losses;
using TinyQuant.Training.Optimizers;
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
    public void Every_epoch_sees_every_example_once_in_another_order_and_what_is_held_out_never()
    {
        var seen = new Seen();
        float[][] vectors = [.. Enumerable.Range(0, 50).Select(i => new float[] { i, 1 })];
        TrainingOptions options = s_options with
        {
            Epochs = 3,
            BatchSize = 8,
            ValidationExamples = 10,
            Schedule = new CosineSchedule(1e-6f)
        };
        Trainer.Train(new Network(8, new DenseLayer("dense", 2, 2)), new VectorExamples("v", vectors), seen, options);

        int[][] epochs = [.. seen.Examples.Chunk(50)]; // 40 to learn from, then 10 that are held out
        Assert.Equal(3, epochs.Length);
        int[] heldOut = [.. epochs[0][40..].Order()];
        foreach (int[] epoch in epochs)
        {
            Assert.Equal(heldOut, epoch[40..].Order());
            Assert.Equal(Enumerable.Range(0, 50).Except(heldOut), epoch[..40].Order());
        }

        Assert.NotEqual(epochs[0][..40], epochs[1][..40]);
        Assert.NotEqual(epochs[1][..40], epochs[2][..40]);
        Assert.NotEqual(Enumerable.Range(0, 10), heldOut); // data may be sorted by class
    }

    [Theory]
    [InlineData(0.9, 1, 0.8, 0.1, true)]
    [InlineData(0.8, 0.1, 0.9, 1, false)]
    [InlineData(0.9, 0.1, 0.9, 0.2, true)]
    [InlineData(0.9, 0.2, 0.9, 0.1, false)]
    [InlineData(0.9, 0.1, 0.9, 0.1, false)]
    public void More_right_answers_are_better_and_then_less_loss(
        double accuracy, double loss, double otherAccuracy, double otherLoss, bool isBetter) =>
        Assert.Equal(isBetter,
            new EpochResult(2, 0, 0, loss, accuracy).IsBetterThan(new EpochResult(1, 0, 0, otherLoss, otherAccuracy)));

    [Fact]
    public void One_step_is_training_too()
    {
        byte[] weights = Train(
            s_options with { Epochs = 1, BatchSize = 64, Schedule = new WarmUpSchedule(new CosineSchedule(0.1f), 0.1) },
            count: 12);

        Assert.All(MemoryMarshal.Cast<byte, float>(weights).ToArray(), w => Assert.True(float.IsFinite(w)));
        Assert.Contains(MemoryMarshal.Cast<byte, float>(weights).ToArray(), w => Math.Abs(w) > 0.05f);
    }

    [Fact]
    public void One_class_is_refused_by_reason()
    {
        var data = new LabelledImages("toy/train", 1, 4, new byte[8], new byte[] { 2, 2 });

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Trainer.Train(Toy.Linear(4, 4), data, s_options));

        Assert.Contains("All 2 images of toy/train are of one class", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_training_with_step_and_tensor()
    {
        // Batches of 4 that the first step moves so far that the second overflows.
        TrainingOptions options = s_options with
        {
            BatchSize = 4,
            Schedule = new CosineSchedule(3e38f),
            Optimizer = new OptimizerOptions(OptimizerKind.Sgd)
        };
        Network network = new(64, new DenseLayer("first", 20, 8), new DenseLayer("second", 8, 6));
        var random = new Pcg32(3);
        Toy.Fill(network.Parameters[0].Values, random);
        Toy.Fill(network.Parameters[2].Values, random);

        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            Trainer.Train(network, Toy.Data(12, 20, 6), options));

        Assert.StartsWith("training diverged: at step 2 of 12, in epoch 1, the loss became NaN, since ", error.Message,
            StringComparison.Ordinal);
        Assert.Matches("'(first|second)", error.Message);
        Assert.Contains("Try a smaller learning rate than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_step_of_an_epoch_is_looked_at_too()
    {
        TrainingOptions options = s_options with
        {
            Epochs = 1,
            BatchSize = 64,
            Schedule = new CosineSchedule(float.PositiveInfinity)
        };

        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            Trainer.Train(Toy.Linear(20, 6), Toy.Data(12, 20, 6), options));

        Assert.Contains(
            "'dense.weights' is not finite after the epoch's last step", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_that_is_no_number_is_named()
    {
        float[][] vectors = [[1, 2], [3, 4], [5, 6]];
        var examples = new VectorExamples("v", vectors); // which looks once, and copies nothing
        vectors[1][1] = float.NaN;
        var autoencoder = new Network(4, new DenseLayer("dense", 2, 2));

        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(
            () => Trainer.Train(autoencoder, examples, new Reconstruction(), s_options with { BatchSize = 4 }));

        Assert.Contains("at step 1 of 4, in epoch 1, the loss became NaN, since an example holds NaN", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_cosine_falls_from_first_to_last()
    {
        var schedule = new CosineSchedule(1, 0.2f);

        Assert.Equal([1f, 0.6f], [schedule.At(0, 10), schedule.At(5, 10)]);
        Assert.Equal(0.2f, schedule.At(10, 10), 1e-6f);
    }

    /// <summary>The mean squared error of a reconstruction, which writes down what it is asked for.</summary>
    private sealed class Seen : Objective
    {
        public List<int> Examples { get; } = [];

        public override (double Loss, int Correct) Compute(
            ReadOnlySpan<int> examples, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, Span<float> gradient)
        {
            Examples.AddRange(examples);
            return (MeanSquaredError.Compute(outputs, inputs, gradient), 0);
        }
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
