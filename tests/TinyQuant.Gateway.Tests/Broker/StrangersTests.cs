using System.Net;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>Messages on names that nobody has.</summary>
public class StrangersTests
{
    [Fact]
    public async Task Ten_thousand_empty_messages_on_made_up_names_take_no_sensors_place()
    {
        byte[] frame = TestFrames.Float32(TestFrames.Samples(1, isFaulty: true));
        using var broker = new OldBroker(Refusal.Said,
        [
            .. Enumerable.Range(0, 10_000).Select(i => OldBroker.Message(0, $"vibration/x{i}/frame", [])),
            OldBroker.Message(0, "vibration/pump/frame", frame),
            OldBroker.Message(0, "vibration/fan/frame", frame),
            OldBroker.Message(2, "vibration/pump/frame", frame),
        ]);
        using var gateway = new GatewayProcess(broker.Port, "--Frames:MaxSensors=1");
        await gateway.WaitUntilHealthyAsync();
        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 2);

        Assert.Equal((10_000, 1), (counts.Refused("length"), counts.Refused("sensors")));
        Assert.Equal((1, 1, 1, 0), (
            counts.Values["gateway_sensors"], counts.Values["gateway_sensors_limit"],
            counts.Values["gateway_sensors_full"],
            counts.Values["gateway_sensors_forgotten_total"]));
        (HttpStatusCode status, string health) = await gateway.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"status\":\"degraded\"", health, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.InRange(gateway.Log.Split('\n').Length, 3, 30);
    }
}
