using System.Net;
using System.Text.Json;
using Gateway.Frames;
using Gateway.Monitoring;

namespace Gateway.Hosting;

/// <summary>What /health and /metrics answer.</summary>
internal static class Pages
{
    public static IReadOnlyDictionary<string, Func<(HttpStatusCode Status, string Type, string Text)>> Create(
        Health health, PrometheusText metrics, FrameQueue queue, SensorTable sensors) =>
        new Dictionary<string, Func<(HttpStatusCode, string, string)>>(StringComparer.Ordinal)
        {
            ["/health"] = () =>
            {
                bool isStuck = health.IsStuck();
                bool isWell = health.IsConnected && !isStuck;
                bool isFull = sensors.IsFull;
                var report = new HealthReport(
                    !isWell ? "unavailable" : isFull ? "degraded" : "ok",
                    health.IsConnected ? "connected" : "disconnected", isStuck ? "stuck" : "running",
                    queue.Count, sensors.Count, isFull ? "full" : "open");
                // A full table is no reason for 503: the sensors that are known are scored, and a restart would lose
                // them.
                return (isWell ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, "application/json",
                    JsonSerializer.Serialize(report, HealthJson.Default.HealthReport) + "\n");
            },
            ["/metrics"] = () => (HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8", metrics.Write()),
        };
}
