using System.Net;
using System.Text.Json;
using Gateway.Frames;

namespace Gateway.Monitoring;

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
                var report = new HealthReport(
                    isWell ? "ok" : "unavailable", health.IsConnected ? "connected" : "disconnected", isStuck ? "stuck" : "running", queue.Count, sensors.Count);
                return (isWell ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, "application/json",
                    JsonSerializer.Serialize(report, HealthJson.Default.HealthReport) + "\n");
            },
            ["/metrics"] = () => (HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8", metrics.Write()),
        };
}
