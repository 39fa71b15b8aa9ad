using System.Buffers;
using System.Diagnostics;
using Gateway.Monitoring;
using Microsoft.Extensions.Logging;

namespace Gateway.Frames;

/// <summary>Turns messages into queued frames, or counts why not. For one thread at a time.</summary>
internal sealed partial class FrameIntake(
    SensorTopic topics, SensorTable sensors, FrameQueue queue, GatewayMetrics metrics, ILogger<FrameIntake> logger)
{
    private const int LoggedTopic = 2 * SensorTopic.MaxNameLength; // topics have up to 65,535 characters

    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(10);

    // A kind for each reason; the first, None, stands for frames that were dropped.
    private readonly LogLimit _limit = new(Enum.GetValues<Rejection>().Length, s_quiet, TimeProvider.System);
    private readonly byte[] _joined = new byte[FrameFormat.MaxBytes];

    /// <summary>
    /// Takes a message. One that is no frame leaves nothing behind but a count, whatever its topic is.
    /// </summary>
    /// <param name="topic">Where it was published.</param>
    /// <param name="payload">Anything; it is copied.</param>
    public void Take(string topic, ReadOnlySequence<byte> payload)
    {
        metrics.FrameReceived();
        ReadOnlySpan<char> name = topics.NameIn(topic);
        if (name.IsEmpty || payload.Length > FrameFormat.MaxBytes)
        {
            Refuse(name.IsEmpty ? Rejection.Topic : Rejection.Length, topic, payload.Length);
            return;
        }

        if (!queue.TryRent(out Frame? frame))
        {
            Drop();
            return;
        }

        Rejection rejection = FrameFormat.Read(Join(payload), frame.Samples);
        Sensor? sensor = rejection == Rejection.None ? sensors.Hear(name) : null;
        if (sensor is null)
        {
            queue.Return(frame);
            Refuse(rejection == Rejection.None ? Rejection.Sensors : rejection, topic, payload.Length);
            return;
        }

        (frame.Sensor, frame.ReceivedAt) = (sensor, Stopwatch.GetTimestamp());
        if (queue.TryAccept(frame))
        {
            metrics.FrameAccepted();
        }
        else
        {
            Drop(); // it came while the gateway stops
        }
    }

    private ReadOnlySpan<byte> Join(ReadOnlySequence<byte> payload)
    {
        if (payload.IsSingleSegment)
        {
            return payload.FirstSpan;
        }

        payload.CopyTo(_joined);
        return _joined.AsSpan(0, (int)payload.Length);
    }

    private void Drop()
    {
        metrics.FrameDropped();
        if (_limit.TryPass((int)Rejection.None, out int withheld))
        {
            LogDropped(logger, withheld);
        }
    }

    private void Refuse(Rejection rejection, string topic, long bytes)
    {
        metrics.FrameMalformed(rejection);
        if (!_limit.TryPass((int)rejection, out int withheld))
        {
            return;
        }

        string start = topic.Length > LoggedTopic ? topic[..LoggedTopic] + "..." : topic;
        if (rejection == Rejection.Sensors)
        {
            LogFull(logger, sensors.Limit, start, withheld);
        }
        else
        {
            LogRefused(logger, start, bytes, rejection, withheld);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "No frame: {Bytes} bytes on {Topic}, {Rejection} is wrong ({Withheld} more since the last such line)")]
    private static partial void LogRefused(ILogger logger, string topic, long bytes, Rejection rejection, int withheld);

    [LoggerMessage(LogLevel.Warning,
        "There are {Limit} sensors, as many as Frames:MaxSensors allows: a frame on {Topic}, of a new one, is "
            + "refused ({Withheld} more since the last such line)")]
    private static partial void LogFull(ILogger logger, int limit, string topic, int withheld);

    [LoggerMessage(LogLevel.Warning,
        "The queue is full: a frame is dropped ({Withheld} more since the last such line)")]
    private static partial void LogDropped(ILogger logger, int withheld);
}
