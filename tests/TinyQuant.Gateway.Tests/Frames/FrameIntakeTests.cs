using System.Buffers;
using Gateway.Frames;
using Gateway.Monitoring;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Frames;

/// <summary>Messages to queued frames, all of them counted.</summary>
public sealed class FrameIntakeTests : IDisposable
{
    private readonly GatewayMetrics _metrics = new();
    private readonly PrometheusText _text;
    private readonly FrameQueue _queue = new(2);
    private readonly SensorTable _sensors = new(new SensorOptions(2, TimeSpan.FromHours(1)), new ManualTime());
    private readonly List<string> _log = [];
    private readonly FrameIntake _intake;

    public FrameIntakeTests()
    {
        _text = new PrometheusText(_metrics);
        _intake = new FrameIntake(
            new SensorTopic("vibration/+/frame"), _sensors, _queue, _metrics, new ListLogger<FrameIntake>(_log));
    }

    public void Dispose()
    {
        _text.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void A_full_queue_drops_the_newest_and_goes_on_when_there_is_room()
    {
        for (int i = 0; i < 5; i++)
        {
            Take("vibration/a/frame", TestFrames.Float32(TestFrames.Samples(i, isFaulty: false)));
        }

        Assert.Equal((5, 3, 2), (Counts().Received, Counts().Dropped, Counts().Accepted));
        Assert.Equal(2, _queue.Count);

        Assert.True(_queue.TryRead(out Frame? oldest));
        Assert.Equal(TestFrames.Samples(0, isFaulty: false), oldest.Samples);
        _queue.Return(oldest);
        Take("vibration/a/frame", TestFrames.Float32(TestFrames.Samples(9, isFaulty: false)));
        Assert.Equal((6, 3, 3), (Counts().Received, Counts().Dropped, Counts().Accepted));
    }

    [Fact]
    public void What_is_no_frame_is_counted_by_its_reason_and_takes_no_room()
    {
        float[] samples = TestFrames.Samples(0, isFaulty: false);
        byte[] frame = TestFrames.Float32(samples);
        Take("vibration/a/frame", frame[..^1]);
        Take("vibration/a/frame", new byte[100_000]);
        Take("vibration/a/frame", [7, .. frame[1..]]);
        samples[0] = float.NaN;
        Take("vibration/a/frame", TestFrames.Float32(samples));
        Take("vibration/?/frame", frame);

        GatewayCounts counts = Counts();
        Assert.Equal((5, 5, 0), (counts.Received, counts.Malformed, counts.Accepted));
        Assert.Equal((2, 1, 1, 1),
            (counts.Refused("length"), counts.Refused("header"), counts.Refused("sample"), counts.Refused("topic")));
        Assert.True(_queue.TryRent(out _) && _queue.TryRent(out _));
    }

    [Fact]
    public void A_sensor_exists_from_its_first_frame_on_and_what_is_none_leaves_nothing_behind()
    {
        byte[] frame = TestFrames.Float32(TestFrames.Samples(0, isFaulty: false));
        for (int i = 0; i < 10_000; i++)
        {
            Take($"vibration/made-up-{i}/frame", []);
        }

        Take("vibration/d/frame", new byte[100_000]);
        Take("vibration/e/frame", [7, .. frame[1..]]);
        Assert.Equal(0, _sensors.Count);
        int series = _text.Write().Split('\n').Length;

        Take("vibration/a/frame", frame);
        Take("vibration/b/frame", frame);
        Free();
        Take("vibration/c/frame", frame); // one too many
        Take("vibration/a/frame", frame);

        GatewayCounts counts = Counts();
        Assert.Equal((3, 1, 10_001, 1),
            (counts.Accepted, counts.Refused("sensors"), counts.Refused("length"), counts.Refused("header")));
        Assert.Equal((2, true), (_sensors.Count, _sensors.IsFull));
        Assert.Equal(series, _text.Write().Split('\n').Length);
        Assert.Equal(3, _log.Count); // one for each reason
        Assert.Contains("There are 2 sensors, as many as Frames:MaxSensors allows: a frame on vibration/c/frame",
            _log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_topic_is_no_long_line()
    {
        Take(new string('x', 65_535), []);
        Assert.InRange(Assert.Single(_log).Length, 100, 300);
    }

    [Fact]
    public void What_comes_while_it_stops_is_dropped()
    {
        _queue.Complete();
        Take("vibration/a/frame", TestFrames.Float32(TestFrames.Samples(0, isFaulty: false)));
        Assert.Equal((1, 1, 0), (Counts().Received, Counts().Dropped, Counts().Accepted));
    }

    [Fact]
    public void A_payload_in_pieces_is_one_payload()
    {
        byte[] frame = TestFrames.Float32(TestFrames.Samples(5, isFaulty: true));
        var first = new Piece(frame.AsMemory(0, 77), null);
        var last = new Piece(frame.AsMemory(77), first);
        _intake.Take("vibration/a/frame", new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
        Assert.True(_queue.TryRead(out Frame? read));
        Assert.Equal(TestFrames.Samples(5, isFaulty: true), read.Samples);
    }

    private void Free()
    {
        while (_queue.TryRead(out Frame? frame))
        {
            _queue.Return(frame);
        }
    }

    private void Take(string topic, byte[] payload) => _intake.Take(topic, new ReadOnlySequence<byte>(payload));

    private GatewayCounts Counts() => GatewayCounts.Parse(_text.Write());

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            (Memory, RunningIndex) = (memory, before is null ? 0 : before.RunningIndex + before.Memory.Length);
            before?.Next = this;
        }
    }
}
