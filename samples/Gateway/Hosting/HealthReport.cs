using System.Text.Json.Serialization;

namespace Gateway.Hosting;

/// <summary>The answer of /health.</summary>
/// <param name="Status">
/// <c>ok</c>; <c>degraded</c> where frames of new sensors are refused; <c>unavailable</c> where the broker is missing
/// or scoring is stuck.
/// </param>
/// <param name="Broker"><c>connected</c> or <c>disconnected</c>.</param>
/// <param name="Scoring"><c>running</c> or <c>stuck</c>.</param>
/// <param name="Queued">Frames that wait.</param>
/// <param name="Sensors">Sensors that are known.</param>
/// <param name="SensorTable"><c>open</c>, or <c>full</c> where there is no room for another.</param>
internal sealed record HealthReport(
    string Status, string Broker, string Scoring, int Queued, int Sensors, string SensorTable);

/// <summary>Its JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
