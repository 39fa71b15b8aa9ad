using System.Collections.Concurrent;
using System.Text.Json;
using MQTTnet;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Support;

/// <summary>Collects the alerts that a broker sees.</summary>
internal sealed class AlertListener : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<(string Topic, JsonElement Alert)> _alerts = [];

    public IReadOnlyList<(string Topic, JsonElement Alert)> Alerts => [.. _alerts];

    /// <summary>Connects and subscribes.</summary>
    public static async Task<AlertListener> StartAsync(int port)
    {
        var listener = new AlertListener();
        listener._client.ApplicationMessageReceivedAsync += e =>
        {
            listener._alerts.Enqueue(
                (e.ApplicationMessage.Topic, JsonDocument.Parse(e.ApplicationMessage.Payload).RootElement));
            return Task.CompletedTask;
        };
        await listener._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
        await listener._client.SubscribeAsync(
            "vibration/+/alert", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
        return listener;
    }

    /// <summary>Waits for so many alerts.</summary>
    public Task WaitAsync(int count) =>
        HangGuard.UntilAsync(() => _alerts.Count >= count, () => $"{_alerts.Count} alerts of {count}");

    public void Dispose() => _client.Dispose();
}
