using Gateway.Alerts;
using Gateway.Frames;
using Gateway.Monitoring;
using Gateway.Scoring;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Scoring;

/// <summary>The gateway's scores are those of the recipe's evaluation, and what follows from them holds.</summary>
public sealed class ScoreTests : IClassFixture<ScoreTests.Windows>
{
    private readonly Windows _windows;

    public ScoreTests(Windows windows) => _windows = windows;

    [Fact]
    public void Scores_are_those_of_the_recipes_evaluation_to_the_bit()
    {
        Graph graph = ModelReader.Read(
            File.ReadAllText(Repository.File("weights", "sensor-autoencoder.int8.tqm"))).Graph!;

        float[] expected = [.. _windows.Data.Test.Zip(RealOutputs.Of(graph, _windows.Data.Test),
            (a, b) => (float)a.Zip(b, (x, y) => ((double)x - y) * (x - y)).Average())];

        Assert.Equal(expected, _windows.Scores);
        double area = RankStatistics.AreaUnderCurve(_windows.Scores, _windows.Data.IsFaulty);
        Assert.Equal(graph.FindMetric("auc")!.Value, area, 1e-4);
    }

    [Fact]
    public void Nothing_is_allocated_from_payload_to_policy()
    {
        byte[][] payloads = [
            .. Enumerable.Range(0, 64).Select(i => TestFrames.Int16(TestFrames.Samples(i, i % 2 == 1), 0.001f))];
        var frame = new Frame { Sensor = new Sensor("a") };
        FrameProcessor processor = Processors.Create(raiseAfter: int.MaxValue);
        Assert.Equal(0, Process(processor, frame, payloads, 64)); // and warms up

        int raised = 0;
        long allocated = AllocatedBytes.Of(() => raised += Process(processor, frame, payloads, 5_000));

        Assert.Equal((0, 0), (raised, allocated));
    }

    private static int Process(FrameProcessor processor, Frame frame, byte[][] payloads, int count)
    {
        int changes = 0;
        for (int i = 0; i < count; i++)
        {
            Rejection rejection = FrameFormat.Read(payloads[i % payloads.Length], frame.Samples);
            changes += rejection != Rejection.None || processor.Process(frame, i, out _) != AlertChange.None ? 1 : 0;
        }

        return changes;
    }

    /// <summary>The recipe's windows and the gateway's scores of them, made once.</summary>
    public sealed class Windows
    {
        public Windows()
        {
            var scorer = new FrameScorer();
            Scores = [
                .. Enumerable.Range(0, Data.Test.Count)
                .Select(i => scorer.Score(TestFrames.Samples(i, Data.IsFaulty[i])))];
        }

        /// <summary>Those to measure on, as they are by default.</summary>
        public VibrationData Data { get; } = VibrationData.Create(new VibrationOptions { TrainWindows = 1 });

        public float[] Scores { get; }
    }
}
