using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Monitoring;

/// <summary>Registered first, so stopped last: logs what was counted.</summary>
internal sealed partial class StopReport(PrometheusText metrics, ILogger<StopReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        LogCounts(
            logger, metrics.Total("gateway.frames.received"), metrics.Total("gateway.frames.malformed"),
            metrics.Total("gateway.frames.dropped"),
            metrics.Total("gateway.frames.accepted"), metrics.Total("gateway.frames.scored"),
            metrics.Total("gateway.alerts.published"));
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information,
        "Stopped: received {Received}, malformed {Malformed}, dropped {Dropped}, accepted {Accepted}, scored "
            + "{Scored}, alerts {Alerts}")]
    private static partial void LogCounts(
        ILogger logger, long received, long malformed, long dropped, long accepted, long scored, long alerts);
}
