using Gateway.Alerts;
using Gateway.Frames;
using Gateway.Scoring;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Scoring;

/// <summary>
/// Sensors of the recipe's labelled stream, each healthy or faulty, with the settings as they are by default.
/// </summary>
public sealed class DetectionTests
{
    private const int Sensors = 40;
    private const int Frames = 50; // of each: all 4,000 windows that the recipe measures on

    [Fact]
    public void Every_faulty_machine_raises_one_alert_and_no_healthy_one_does()
    {
        (int healthy, int faulty) = (0, 0);
        for (int sensor = 0; sensor < Sensors; sensor++)
        {
            healthy += Raised(sensor, isFaulty: false);
            faulty += Raised(sensor, isFaulty: true);
        }

        Assert.Equal((0, Sensors), (healthy, faulty));
    }

    /// <summary>
    /// What README.md says of single frames: few healthy ones are above the threshold, most faulty ones are.
    /// </summary>
    [Fact]
    public void Single_frames_are_told_apart_at_the_default_threshold()
    {
        var scorer = new FrameScorer();
        bool[] isAbove = [
            .. Enumerable.Range(0, 2 * Sensors * Frames)
            .Select(i => scorer.Score(TestFrames.Samples(i, i % 2 == 1)) > AlertOptions.DefaultThreshold)];
        Assert.Equal(0.0025, isAbove.Where((_, i) => i % 2 == 0).Average(above => above ? 1 : 0), 0.0005);
        Assert.Equal(0.59, isAbove.Where((_, i) => i % 2 == 1).Average(above => above ? 1 : 0), 0.005);
    }

    private static int Raised(int sensor, bool isFaulty)
    {
        var time = new ManualTime();
        FrameProcessor processor = Processors.Create(time: time);
        var frame = new Frame { Sensor = new Sensor($"sensor-{sensor}") };
        int raised = 0;
        for (int i = 0; i < Frames; i++)
        {
            int window = (2 * ((sensor * Frames) + i)) + (isFaulty ? 1 : 0);
            TestFrames.Samples(window, isFaulty).CopyTo(frame.Samples, 0);
            time.Advance(1);
            raised += processor.Process(frame, time.GetTimestamp(), out _) == AlertChange.Raised ? 1 : 0;
        }

        return raised;
    }
}
