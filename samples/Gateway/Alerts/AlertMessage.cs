using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Alerts;

/// <summary>The payload of an alert.</summary>
/// <param name="Sensor">The sensor's name.</param>
/// <param name="State"><c>raised</c> or <c>cleared</c>.</param>
/// <param name="Time">When the frame was scored that decided it, UTC.</param>
/// <param name="Score">That frame's score.</param>
/// <param name="Peak">The largest score since the first frame above the threshold.</param>
/// <param name="Threshold">What scores are compared with.</param>
/// <param name="Rms">The root mean square of that frame, in its physical unit.</param>
/// <param name="Suppressed">Alerts that were not sent since the last one, because they came too soon after it.</param>
internal sealed record AlertMessage(
    string Sensor, string State, DateTimeOffset Time, float Score, float Peak, float Threshold, float Rms,
    int Suppressed)
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AlertJson.Default.AlertMessage);
}

/// <summary>Its JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertMessage))]
internal sealed partial class AlertJson : JsonSerializerContext;
