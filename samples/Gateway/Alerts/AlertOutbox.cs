using System.Threading.Channels;
using Gateway.Monitoring;

namespace Gateway.Alerts;

/// <summary>
/// Alerts that wait for the broker, so that scoring does not. Where it is full, the newest is lost and counted.
/// </summary>
internal sealed class AlertOutbox(int capacity, GatewayMetrics metrics)
{
    private readonly Channel<AlertMessage> _channel = Channel.CreateBounded<AlertMessage>(capacity);

    public ChannelReader<AlertMessage> Reader => _channel.Reader;

    /// <summary>Queues an alert.</summary>
    public void Add(AlertMessage alert)
    {
        if (!_channel.Writer.TryWrite(alert))
        {
            metrics.AlertLost();
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
