using System.Net;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>The gateway as a process of its own, against Mosquitto.</summary>
public sealed class BrokerTests
{
    private const int Sensors = 20;

    private static readonly byte[][] s_healthy = [
        .. Enumerable.Range(0, 100).Select(i => TestFrames.Int16(TestFrames.Samples(2 * i, isFaulty: false), 0.001f))];
    private static readonly byte[][] s_faulty = [
        .. Enumerable.Range(0, 100).Select(i => TestFrames.Float32(TestFrames.Samples((2 * i) + 1, isFaulty: true)))];

    [BrokerFact]
    public async Task Ten_thousand_messages_are_all_accounted_for_and_two_machines_are_faulty()
    {
        using var broker = new Mosquitto();
        using AlertListener alerts = await AlertListener.StartAsync(broker.Port);
        using var gateway = new GatewayProcess(broker.Port, "--Frames:QueueCapacity=20000");
        await gateway.WaitUntilHealthyAsync();
        using var publisher = new RawPublisher(broker.Port, qualityOfService: 1);

        int malformed = 0;
        for (int i = 0; i < 10_000; i++)
        {
            int sensor = i % Sensors;
            publisher.Publish(
                $"vibration/s{sensor}/frame", sensor < 2 ? s_faulty[i / Sensors % 100] : s_healthy[i / Sensors % 100]);
            if (i % 100 == 0)
            {
                publisher.Publish("vibration/s0/frame", s_healthy[0].AsSpan(0, i / 100)); // too short
                publisher.Publish("vibration/s0/frame", new byte[4_000]); // no frame, but a packet that is allowed
                publisher.Publish("vibration/s0/frame", new byte[20_000]); // the broker keeps it
                publisher.Publish("vibration/s 0/frame", s_healthy[0]);
                malformed += 3;
            }
        }

        await publisher.CompleteAsync();
        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Received >= 10_000 + malformed && c.IsConsistent);
        await alerts.WaitAsync(2);

        Assert.Equal((10_000 + malformed, malformed, 0, 10_000),
            (counts.Received, counts.Malformed, counts.Dropped, counts.Scored));
        Assert.Equal((200, 100), (counts.Refused("length"), counts.Refused("topic")));
        Assert.Equal((1, (HttpStatusCode)200), (counts.Connections, (await gateway.GetAsync("/health")).Status));
        Assert.Equal(["vibration/s0/alert", "vibration/s1/alert"], alerts.Alerts.Select(a => a.Topic).Order());
        Assert.All(alerts.Alerts, a => Assert.Equal("raised", a.Alert.GetProperty("state").GetString()));
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains("Stopped: received 10300, malformed 300, dropped 0, accepted 10000, scored 10000, alerts 2",
            gateway.Log, StringComparison.Ordinal);
        // of 300
        Assert.InRange(
            gateway.Log.Split('\n').Count(line => line.Contains("No frame", StringComparison.Ordinal)), 2, 50);
    }

    [BrokerFact]
    public async Task It_comes_back_after_the_broker_did_and_sends_what_waited()
    {
        using var broker = new Mosquitto();
        using var gateway = new GatewayProcess(broker.Port);
        await gateway.WaitUntilHealthyAsync();
        await PublishAsync(broker, "a", s_healthy, 500);
        await gateway.WaitUntilAsync(c => c.Scored == 500);

        broker.Stop();
        await gateway.WaitUntilAsync(c => c.Values["gateway_broker_connected"] == 0);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.GetAsync("/health")).Status);
        broker.Start();
        await gateway.WaitUntilHealthyAsync();
        using AlertListener alerts = await AlertListener.StartAsync(broker.Port);
        await PublishAsync(broker, "a", s_faulty, 500);

        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 1_000);
        await alerts.WaitAsync(1);
        Assert.True(counts.IsConsistent, counts.ToString());
        Assert.Equal((2, 0), (counts.Connections, counts.Dropped + counts.Malformed));
        Assert.Equal("vibration/a/alert", Assert.Single(alerts.Alerts).Topic);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains("next attempt in", gateway.Log, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_flood_is_dropped_and_counted_and_takes_no_memory()
    {
        using var broker = new Mosquitto();
        using var gateway = new GatewayProcess(broker.Port, "--Frames:QueueCapacity=1");
        await gateway.WaitUntilHealthyAsync();

        await PublishAsync(broker, "a", s_healthy, 40_000, qualityOfService: 0);

        await gateway.WaitUntilAsync(c => c is { Dropped: > 0, Scored: > 0 });
        GatewayCounts counts = await gateway.WaitUntilQuietAsync();
        Assert.True(counts.IsConsistent, counts.ToString());
        Assert.Equal(0, counts.Malformed);
        Assert.InRange(gateway.PeakMemory(), 1, 256 << 20);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains("The queue is full", gateway.Log, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_stop_scores_what_was_accepted_and_sends_its_alerts()
    {
        using var broker = new Mosquitto();
        using AlertListener alerts = await AlertListener.StartAsync(broker.Port);
        using var gateway = new GatewayProcess(broker.Port, "--Frames:QueueCapacity=20000", "--Alerts:RaiseAfter=1");
        await gateway.WaitUntilHealthyAsync();
        using var publisher = new RawPublisher(broker.Port, qualityOfService: 1);
        for (int i = 0; i < 5_000; i++)
        {
            publisher.Publish($"vibration/s{i % 500}/frame", s_faulty[i % 100]);
        }

        publisher.Flush();
        await gateway.WaitUntilAsync(c => c.Received > 0);

        Assert.Equal(0, await gateway.StopAsync());

        string last = gateway.Log.Split('\n').Single(line => line.Contains("Stopped: ", StringComparison.Ordinal));
        Dictionary<string, int> counts = last[(last.IndexOf("Stopped: ", StringComparison.Ordinal) + 9)..].Split(", ")
            .Select(part => part.Split(' '))
            .ToDictionary(
                part => part[0], part => int.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(counts["received"], counts["malformed"] + counts["dropped"] + counts["accepted"]);
        Assert.Equal(counts["accepted"], counts["scored"]);
        await alerts.WaitAsync(counts["alerts"]);
        Assert.Equal(counts["alerts"], alerts.Alerts.Count);
        Assert.DoesNotContain("refused the alert", gateway.Log, StringComparison.Ordinal);
    }

    private static async Task PublishAsync(
        Mosquitto broker, string sensor, byte[][] payloads, int count, int qualityOfService = 1)
    {
        using var publisher = new RawPublisher(broker.Port, qualityOfService);
        for (int i = 0; i < count; i++)
        {
            publisher.Publish($"vibration/{sensor}/frame", payloads[i % payloads.Length]);
        }

        await publisher.CompleteAsync();
    }
}
