using System.Diagnostics;
using Gateway.Alerts;
using Gateway.Monitoring;
using Microsoft.Extensions.Hosting;

namespace Gateway.Frames;

/// <summary>Scores queued frames in order, one at a time, until the queue is complete and empty.</summary>
internal sealed class ScoringService(FrameQueue queue, FrameProcessor processor, AlertOutbox outbox,
    GatewayMetrics metrics, Health health) : BackgroundService
{
    /// <summary>Waits until what was accepted is scored.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.WaitToReadAsync().ConfigureAwait(false))
        {
            while (queue.TryRead(out Frame? frame))
            {
                Score(frame);
            }
        }
    }

    private void Score(Frame frame)
    {
        long started = Stopwatch.GetTimestamp();
        AlertChange change = processor.Process(frame, started, out AlertMessage? alert);
        long ended = Stopwatch.GetTimestamp();
        metrics.FrameScored(frame.ReceivedAt, started, ended);
        health.Progress(ended);
        queue.Return(frame);
        if (change == AlertChange.Suppressed)
        {
            metrics.AlertSuppressed();
        }
        else if (alert is not null)
        {
            outbox.Add(alert);
        }
    }
}
