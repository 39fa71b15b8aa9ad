using System.Globalization;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>The values of /metrics.</summary>
/// <param name="Values">By name, with label.</param>
internal sealed record GatewayCounts(IReadOnlyDictionary<string, double> Values)
{
    public GatewayCounts(IEnumerable<KeyValuePair<string, double>> values)
        : this(new Dictionary<string, double>(values))
    {
    }

    public long Received => Get("gateway_frames_received_total");

    public long Malformed =>
        Values.Where(v => v.Key.StartsWith("gateway_frames_malformed_total", StringComparison.Ordinal))
            .Sum(v => (long)v.Value);

    public long Dropped => Get("gateway_frames_dropped_total");

    public long Accepted => Get("gateway_frames_accepted_total");

    public long Scored => Get("gateway_frames_scored_total");

    public long Alerts => Get("gateway_alerts_published_total");

    public long Connections => Get("gateway_broker_connections_total");

    /// <summary>Whether every message is accounted for, and every accepted one scored.</summary>
    public bool IsConsistent => Received == Malformed + Dropped + Accepted && Accepted == Scored;

    public static GatewayCounts Parse(string metrics) => new(
        metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .Select(parts => KeyValuePair.Create(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture))));

    public long Refused(string reason) => Get($"gateway_frames_malformed_total{{reason=\"{reason}\"}}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"received {Received:N0} = malformed {Malformed:N0} + dropped {Dropped:N0} + accepted {Accepted:N0}; scored {Scored:N0}; alerts {Alerts:N0}");

    private long Get(string name) => (long)Values.GetValueOrDefault(name);
}
