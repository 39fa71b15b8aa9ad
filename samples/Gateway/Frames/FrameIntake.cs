using System.Buffers;
using System.Diagnostics;
using Gateway.Monitoring;
using Microsoft.Extensions.Logging;

namespace Gateway.Frames;

/// <summary>Turns messages into queued frames, or counts why not. For one thread at a time.</summary>
internal sealed partial class FrameIntake(SensorTable sensors, FrameQueue queue, GatewayMetrics metrics, ILogger<FrameIntake> logger)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(10);

    // A kind for each reason; the first, None, stands for frames that were dropped.
    private readonly LogLimit _limit = new(Enum.GetValues<Rejection>().Length, s_quiet, TimeProvider.System);
    private readonly byte[] _joined = new byte[FrameFormat.MaxBytes];

    /// <summary>Takes a message.</summary>
    /// <param name="topic">Where it was published.</param>
    /// <param name="payload">Anything; it is copied.</param>
    public void Take(string topic, ReadOnlySequence<byte> payload)
    {
        metrics.FrameReceived();
        Rejection rejection = sensors.Find(topic, out Sensor? sensor);
        if (rejection == Rejection.None && payload.Length > FrameFormat.MaxBytes)
        {
            rejection = Rejection.Length;
        }
        if (rejection != Rejection.None)
        {
            Refuse(rejection, topic, payload.Length);
            return;
        }
        if (!queue.TryRent(out Frame? frame))
        {
            Drop();
            return;
        }
        rejection = FrameFormat.Read(Join(payload), frame.Samples);
        if (rejection != Rejection.None)
        {
            queue.Return(frame);
            Refuse(rejection, topic, payload.Length);
            return;
        }
        (frame.Sensor, frame.ReceivedAt) = (sensor!, Stopwatch.GetTimestamp());
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
        if (_limit.TryPass((int)rejection, out int withheld))
        {
            LogRefused(logger, topic, bytes, rejection, withheld);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No frame: {Bytes} bytes on {Topic}, {Rejection} is wrong ({Withheld} more since the last such line)")]
    private static partial void LogRefused(ILogger logger, string topic, long bytes, Rejection rejection, int withheld);

    [LoggerMessage(LogLevel.Warning, "The queue is full: a frame is dropped ({Withheld} more since the last such line)")]
    private static partial void LogDropped(ILogger logger, int withheld);
}
