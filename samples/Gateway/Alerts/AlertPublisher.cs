using Gateway.Broker;
using Gateway.Monitoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Alerts;

/// <summary>
/// Publishes the outbox in order, each alert until the broker has acknowledged or refused it: at least once. When it is
/// stopped it sends what is left, as long as the stop may take.
/// </summary>
internal sealed partial class AlertPublisher(
    AlertOptions options, AlertOutbox outbox, BrokerConnection broker, GatewayMetrics metrics,
    ILogger<AlertPublisher> logger) : BackgroundService
{
    // Sensors may be anybody's: what they make the gateway log is bounded, besides what it publishes and counts.
    private const int LoggedAlerts = 100;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly LogLimit _limit = new(kinds: 2, TimeSpan.FromSeconds(10), TimeProvider.System, LoggedAlerts);
    private readonly CancellationTokenSource _giveUp = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        outbox.Complete();
        using (cancellationToken.Register(_giveUp.Cancel))
        {
            await (ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await outbox.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (outbox.Reader.TryRead(out AlertMessage? alert))
            {
                bool isPublished = await PublishAsync(alert).ConfigureAwait(false);
                if (isPublished)
                {
                    metrics.AlertPublished();
                }
                else
                {
                    metrics.AlertLost();
                }

                Log(alert, isPublished);
            }
        }
    }

    private void Log(AlertMessage alert, bool isPublished)
    {
        if (!_limit.TryPass(isPublished ? 0 : 1, out int withheld))
        {
            return;
        }

        if (withheld > 0)
        {
            LogWithheld(logger, withheld);
        }

        if (isPublished)
        {
            LogPublished(logger, alert.Sensor, alert.State, alert.Score);
        }
        else
        {
            LogLost(logger, alert.Sensor, alert.State);
        }
    }

    private async Task<bool> PublishAsync(AlertMessage alert)
    {
        string topic = options.Topic.Replace(AlertOptions.Placeholder, alert.Sensor, StringComparison.Ordinal);
        byte[] payload = alert.ToJson();
        try
        {
            while (true)
            {
                await broker.WaitUntilConnectedAsync(_giveUp.Token).ConfigureAwait(false);
                Delivery delivery = await broker.PublishAsync(topic, payload, _giveUp.Token).ConfigureAwait(false);
                if (delivery != Delivery.Interrupted)
                {
                    return delivery == Delivery.Acknowledged;
                }

                await Task.Delay(s_pause, _giveUp.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Withheld} lines like the next one were not written")]
    private static partial void LogWithheld(ILogger logger, int withheld);

    [LoggerMessage(LogLevel.Warning, "{Sensor}: {State}, score {Score}")]
    private static partial void LogPublished(ILogger logger, string sensor, string state, float score);

    [LoggerMessage(LogLevel.Error,
        "{Sensor}: {State}, but the broker refused the alert, or was not to be had before the end")]
    private static partial void LogLost(ILogger logger, string sensor, string state);
}
