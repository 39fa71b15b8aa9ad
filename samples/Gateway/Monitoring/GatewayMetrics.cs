using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Gateway.Monitoring;

/// <summary>
/// What is measured. For every message: received = malformed + dropped + accepted; and once the queue is empty,
/// accepted = scored.
/// </summary>
internal sealed class GatewayMetrics : IDisposable
{
    private static readonly KeyValuePair<string, object?>[] s_reasons =
        [.. Enum.GetNames<Rejection>().Select(name =>
            KeyValuePair.Create<string, object?>("reason", name.ToLowerInvariant()))];

    private readonly Meter _meter = new("TinyQuant.Gateway");
    private readonly Counter<long> _received;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _scored;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _alertsSuppressed;
    private readonly Counter<long> _alertsLost;
    private readonly Counter<long> _connections;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _scoring;

    public GatewayMetrics()
    {
        _received = _meter.CreateCounter<long>(
            "gateway.frames.received", description: "Messages that came on the topic of frames.");
        _malformed = _meter.CreateCounter<long>(
            "gateway.frames.malformed", description: "Of these, what was no frame, by reason.");
        _dropped = _meter.CreateCounter<long>(
            "gateway.frames.dropped", description: "Of these, frames that came while the queue was full.");
        _accepted = _meter.CreateCounter<long>(
            "gateway.frames.accepted", description: "Of these, frames that were queued.");
        _scored = _meter.CreateCounter<long>("gateway.frames.scored", description: "Accepted frames that were scored.");
        _alerts = _meter.CreateCounter<long>(
            "gateway.alerts.published", description: "Alerts that the broker acknowledged.");
        _alertsSuppressed = _meter.CreateCounter<long>(
            "gateway.alerts.suppressed", description: "Alerts that came too soon after the last one of their sensor.");
        _alertsLost = _meter.CreateCounter<long>("gateway.alerts.lost", description: "Alerts that could not be sent.");
        _connections = _meter.CreateCounter<long>(
            "gateway.broker.connections", description: "Connections to the broker that were made.");
        _latency = _meter.CreateHistogram("gateway.frame.latency", "s", "From a message to its score.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [
                0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            });
        _scoring = _meter.CreateHistogram("gateway.frame.scoring", "s",
            "Spectrum, model and alert policy of one frame.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [
                0.000_002_5, 0.000_005, 0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.01],
            });
    }

    /// <summary>Whether an instrument is one of these.</summary>
    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>Lets whoever listens know of every counter before it counts.</summary>
    public void AddZeros()
    {
        foreach (Counter<long> counter in new[] { _received, _dropped, _accepted, _scored, _alerts, _alertsSuppressed,
            _alertsLost, _connections })
        {
            counter.Add(0);
        }

        foreach (KeyValuePair<string, object?> reason in s_reasons.AsSpan(1)) // the first is Rejection.None
        {
            _malformed.Add(0, reason);
        }
    }

    public void FrameReceived() => _received.Add(1);

    public void FrameMalformed(Rejection reason) => _malformed.Add(1, s_reasons[(int)reason]);

    public void FrameDropped() => _dropped.Add(1);

    public void FrameAccepted() => _accepted.Add(1);

    /// <summary>A frame was scored.</summary>
    /// <param name="received">The timestamp at which it came.</param>
    /// <param name="started">The timestamp at which scoring began.</param>
    /// <param name="ended">The timestamp at which it ended.</param>
    public void FrameScored(long received, long started, long ended)
    {
        _scored.Add(1);
        _latency.Record(Stopwatch.GetElapsedTime(received, ended).TotalSeconds);
        _scoring.Record(Stopwatch.GetElapsedTime(started, ended).TotalSeconds);
    }

    public void AlertPublished() => _alerts.Add(1);

    public void AlertSuppressed() => _alertsSuppressed.Add(1);

    public void AlertLost() => _alertsLost.Add(1);

    public void BrokerConnected() => _connections.Add(1);

    /// <summary>Adds a value that is read when somebody looks.</summary>
    public void AddGauge(string name, string? unit, string description, Func<long> read) =>
        _meter.CreateObservableGauge(name, read, unit, description);

    /// <summary>Adds a count that is read when somebody looks.</summary>
    public void AddTotal(string name, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, description: description);

    public void Dispose() => _meter.Dispose();
}
