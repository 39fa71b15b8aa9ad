using System.Runtime.InteropServices;
using TinyQuant.Data;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Numerics;
using TinyQuant.Training.Optimizers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests;

/// <summary>A run that is interrupted and goes on ends with the bytes of one that was not.</summary>
[Collection(nameof(BatchShards))]
public sealed class ResumeTests : IDisposable
{
    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 4,
        BatchSize = 16,
        Optimizer = new OptimizerOptions(OptimizerKind.AdamW, 0.01f),
        ValidationExamples = 20,
        LabelSmoothing = 0.1f,
        Augmentation = new Augmentation { Shift = 1, Elastic = 0.5f },
    };

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(OptimizerKind.AdamW, 1)]
    [InlineData(OptimizerKind.Sgd, 3)]
    public void Resumed_equals_uninterrupted(OptimizerKind kind, int epochs)
    {
        TrainingOptions options = s_options with { Optimizer = new OptimizerOptions(kind, 0.01f) };
        byte[] whole = Train(options, out IReadOnlyList<EpochResult> history);
        var file = new CheckpointFile(_temp["run.checkpoint"]);

        Assert.Throws<OperationCanceledException>(() => Train(options, out _, file, cancelIn: epochs + 1));
        byte[] resumed = Train(options, out IReadOnlyList<EpochResult> joined, file with { Resume = true });

        Assert.Equal(whole, resumed);
        Assert.Equal(history, joined);
        Assert.Equal(4, joined.Count);
        Assert.Equal(["run.checkpoint"], _temp.Files());
    }

    [Fact]
    public void A_finished_run_is_taken_from_its_checkpoint()
    {
        var file = new CheckpointFile(_temp["run.checkpoint"], Resume: true);
        byte[] first = Train(s_options, out _, file);

        Assert.Equal(first, Train(s_options, out _, file, cancelIn: 1));
    }

    [Fact]
    public void Without_resume_training_starts_again()
    {
        var file = new CheckpointFile(_temp["run.checkpoint"]);
        Train(s_options, out _, file);

        Assert.Throws<OperationCanceledException>(() => Train(s_options, out _, file, cancelIn: 1));
    }

    [Fact]
    public void A_checkpoint_of_another_run_says_what_differs()
    {
        var file = new CheckpointFile(_temp["run.checkpoint"], Resume: true);
        Train(s_options, out _, file);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Train(s_options with { Seed = 2 }, out _, file));

        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Seed = 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-1)]
    public void A_damaged_checkpoint_is_named(int length)
    {
        var file = new CheckpointFile(_temp["run.checkpoint"], Resume: true);
        Train(s_options, out _, file);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file.Path, length < 0 ? bytes : bytes[..length]);

        Assert.Contains(file.Path, Assert.Throws<InvalidDataException>(() => Train(s_options, out _, file)).Message,
            StringComparison.Ordinal);
    }

    [Theory] // its checksum is right, which anybody can compute
    [InlineData(false, "its parts are longer than the file")]
    [InlineData(true, "does not fit the network")]
    public void A_checkpoint_that_was_made_up_takes_no_memory(bool isWhole, string expected)
    {
        var file = new CheckpointFile(_temp["run.checkpoint"], Resume: true);
        Train(s_options, out _, file);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        using (var reader = new BinaryReader(File.OpenRead(file.Path)))
        {
            writer.Write(reader.ReadString());
            writer.Write(reader.ReadString());
        }

        writer.Write(1); // steps
        if (isWhole)
        {
            Array.ForEach([0, 0, 0, 0, 0], writer.Write); // no arrays, no epochs, no best one
        }
        else
        {
            Array.ForEach([1, int.MaxValue], writer.Write); // an array of 8 GB
        }

        writer.Write(System.Security.Cryptography.SHA256.HashData(stream.ToArray()));
        File.WriteAllBytes(file.Path, stream.ToArray());

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Train(s_options, out _, file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_cores_changes_no_byte()
    {
        byte[] expected = Train(s_options, out _);
        try
        {
            foreach (int cores in new[] { 1, 2, 3, 8 })
            {
                BatchShards.MaxParallelism = cores;
                Assert.Equal(expected, Train(s_options, out _));
            }
        }
        finally
        {
            BatchShards.MaxParallelism = -1;
        }
    }

    [Fact]
    public void The_best_weights_on_what_is_held_out_are_kept_and_training_ends_early()
    {
        TrainingOptions options = s_options with { Epochs = 30, Patience = 2, Augmentation = null };
        LabelledImages data = Data();
        Network network = Build();
        IReadOnlyList<EpochResult> history = Trainer.Train(network, data, options);

        EpochResult best = history.Aggregate((a, b) => b.IsBetterThan(a) ? b : a);
        Assert.True(history.Count < 30, "training did not end early");
        Assert.Equal(best.Epoch + 2, history.Count);
        var whole = new CheckpointFile(_temp["best.checkpoint"]);
        Network other = Build();
        Trainer.Train(other, data,
            options with { Epochs = best.Epoch, Patience = 0, Schedule = new ThatOf(options, 30, best.Epoch) },
            checkpoint: whole);
        Assert.Equal(Bytes(other), Bytes(network));
    }

    private static byte[] Train(
        TrainingOptions options, out IReadOnlyList<EpochResult> history, CheckpointFile? file = null, int cancelIn = 0)
    {
        using var source = new CancellationTokenSource();
        var progress = new Synchronous<TrainingProgress>(p =>
        {
            if (p.Epoch == cancelIn)
            {
                source.Cancel();
            }
        });
        Network network = Build();
        history = Trainer.Train(network, Data(), options, progress, file, source.Token);
        return Bytes(network);
    }

    private static Network Build() => NetworkText.Build(
        "conv 5 3x3 bn relu; save; dwconv 3x3 bn relu6; add; dropout 0.2; globalpool; dense 3",
        new NetworkBuilder(new FeatureShape(4, 4, 1), 3)).Build(16);

    private static LabelledImages Data()
    {
        LabelledImages data = Toy.Data(90, 16, 3);
        return new LabelledImages("toy/train", 4, 4, data.Pixels, data.Labels);
    }

    private static byte[] Bytes(Network network) =>
        [.. network.Parameters.Select(p => p.Values).Concat(network.State)
            .SelectMany(v => MemoryMarshal.AsBytes<float>(v).ToArray())];

    /// <summary>The rates of a longer run, for a shorter one to take the same steps.</summary>
    private sealed class ThatOf(TrainingOptions options, int epochs, int ownEpochs)
        : Training.Schedules.LearningRateSchedule
    {
        public override float At(int step, int steps) => options.Schedule.At(step, steps / ownEpochs * epochs);
    }
}

/// <summary>Tests that set how many cores are used do not run beside others.</summary>
[CollectionDefinition(nameof(BatchShards), DisableParallelization = true)]
public sealed class BatchShardsCollection;
