using System.Text.Json;
using Gateway.Alerts;
using Gateway.Frames;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Alerts;

/// <summary>When there is an alert: hysteresis and the limit of a sensor's alerts.</summary>
public sealed class AlertPolicyTests
{
    private const float Low = 0.001f;
    private const float Between = 0.009f; // below the threshold, above what clears
    private const float High = 0.02f;

    private static readonly AlertOptions s_options = Processors.Alerts with
    {
        Threshold = 0.01f,
        RaiseAfter = 3,
        ClearRatio = 0.8f,
        ClearAfter = 4,
        MinInterval = TimeSpan.FromSeconds(60),
    };

    private readonly ManualTime _time = new();
    private readonly AlertPolicy _policy;
    private AlertState _state;

    public AlertPolicyTests() => _policy = new AlertPolicy(s_options, _time);

    [Fact]
    public void It_takes_frames_in_a_row_to_raise()
    {
        Assert.Equal("..................",
            Observe(High, High, Low, High, High, Between, High, High, Low, 0.01f, 0.01f, 0.01f, 0.01f, High, High, Low,
                High, High));
        Assert.Equal("R.", Observe(High, High));
    }

    [Fact]
    public void It_takes_frames_in_a_row_well_below_to_clear()
    {
        Assert.Equal("..R", Observe(High, High, High));
        Assert.Equal(
            "...........", Observe(Between, Between, Between, Between, Between, Low, Low, Low, Between, Low, Low));
        Assert.Equal(".C", Observe(Low, Low));
    }

    [Fact]
    public void A_sensor_at_the_threshold_raises_once()
    {
        float[] scores = [.. Enumerable.Range(0, 10_000).Select(i => i % 7 < 4 ? 0.0101f : 0.0099f)];
        string changes = Observe(scores);
        Assert.Equal(1, changes.Count(c => c == 'R'));
        Assert.Equal(0, changes.Count(c => c == 'C'));
    }

    [Fact]
    public void A_sensor_that_comes_and_goes_is_limited()
    {
        float[] episode = [High, High, High, High, Low, Low, Low, Low];
        int raised = 0;
        int cleared = 0;
        int suppressed = 0;
        for (int second = 0; second < 600; second++)
        {
            string changes = Observe(episode);
            raised += changes.Count(c => c == 'R');
            cleared += changes.Count(c => c == 'C');
            suppressed += changes.Count(c => c == 's');
            _time.Advance(1);
        }

        Assert.Equal((10, 10, 590), (raised, cleared, suppressed));
    }

    [Fact]
    public void A_fault_that_stays_is_raised_when_the_interval_is_over()
    {
        Assert.Equal("..R...C", Observe(High, High, High, Low, Low, Low, Low));
        Assert.Equal("..s.....", Observe(High, High, High, High, High, High, High, High));
        _time.Advance(60);
        Assert.Equal("R", Observe(High));
        Assert.Equal(1, _state.Suppressed);
    }

    [Fact]
    public void An_alert_says_what_happened_as_JSON()
    {
        FrameProcessor processor = Processors.Create(time: _time);
        var frame = new Frame { Sensor = new Sensor("pump-7") };
        AlertMessage? raised = null;
        for (int i = 0; i < 100 && raised is null; i++)
        {
            TestFrames.Samples((2 * i) + 1, isFaulty: true).CopyTo(frame.Samples, 0);
            _time.Advance(1);
            processor.Process(frame, _time.GetTimestamp(), out raised);
        }

        JsonElement json = JsonDocument.Parse(raised!.ToJson()).RootElement;
        Assert.Equal(["sensor", "state", "time", "score", "peak", "threshold", "rms", "suppressed"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ("pump-7", "raised"), (json.GetProperty("sensor").GetString(), json.GetProperty("state").GetString()));
        Assert.Equal(_time.GetUtcNow(), json.GetProperty("time").GetDateTimeOffset());
        float score = json.GetProperty("score").GetSingle();
        Assert.InRange(score, AlertOptions.DefaultThreshold, json.GetProperty("peak").GetSingle());
        Assert.Equal(MathF.Sqrt(frame.Samples.Sum(s => s * s) / 256), json.GetProperty("rms").GetSingle(), 1e-4f);
    }

    private string Observe(params float[] scores) =>
        string.Concat(scores.Select(score => _policy.Observe(ref _state, score, _time.GetTimestamp()) switch
    {
        AlertChange.Raised => 'R',
        AlertChange.Cleared => 'C',
        AlertChange.Suppressed => 's',
        _ => '.',
    }));
}
