using System.Text;
using Gateway.Broker;
using MQTTnet.Formatter;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>A broker that speaks MQTT 3.1.1 alone.</summary>
public class OldBrokerTests
{
    private static readonly byte[] s_frame = TestFrames.Float32(TestFrames.Samples(1, isFaulty: true));

    [Theory]
    [InlineData(Refusal.Said)]
    [InlineData(Refusal.HungUp)]
    public async Task It_is_spoken_with_in_its_own_version(Refusal refusal)
    {
        using var broker = new OldBroker(refusal,
        [
            OldBroker.Message(1, "vibration/kept/frame", s_frame), // retained: of another time
            .. OldBroker.Longest(0, "vibration/long/frame"),
            OldBroker.Message(2, "vibration/pump/frame", s_frame),
        ]);
        using var gateway = new GatewayProcess(broker.Port, "--Alerts:RaiseAfter=1", "--Alerts:Threshold=0.000001");
        await gateway.WaitUntilHealthyAsync();
        await broker.Acknowledged;
        byte[] alert = await broker.Published;

        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 1);
        Assert.Equal((2, 1, 1), (counts.Received, counts.Malformed, counts.Refused("length")));
        Assert.Equal("vibration/pump/alert", Encoding.ASCII.GetString(alert, 2, alert[1]));
        Assert.InRange(gateway.PeakMemory(), 1, LongPacketTests.MostMemory);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal([5, 4], broker.Versions.Take(2));
        Assert.Contains("with MQTT 3.1.1, subscribed to", gateway.Log, StringComparison.Ordinal);
        Assert.Equal(refusal == Refusal.Said,
            gateway.Log.Contains("does not speak MQTT 5; it is asked for 3.1.1 from now on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_told_that_one_version_alone_is_wanted()
    {
        using var broker = new OldBroker(Refusal.Said);
        using var gateway = new GatewayProcess(broker.Port, "--Broker:Protocol=v5");
        await gateway.WaitUntilAsync(_ => broker.Versions.Count > 1);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.All(broker.Versions.ToArray(), v => Assert.Equal(5, v));
        Assert.Contains("the broker does not speak the version of MQTT that Broker:Protocol=V5 is", gateway.Log,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_guess_is_taken_back_and_what_was_said_is_not()
    {
        var choice = new ProtocolChoice(BrokerProtocol.Auto);
        choice.Unanswered();
        Assert.Equal(MqttProtocolVersion.V311, choice.Current);
        choice.Unanswered();
        Assert.Equal(MqttProtocolVersion.V500, choice.Current);
        choice.Unanswered();
        choice.Lost();
        Assert.Equal(MqttProtocolVersion.V500, choice.Current);

        Assert.True(choice.Refused());
        choice.Unanswered();
        choice.Lost();
        Assert.Equal(MqttProtocolVersion.V311, choice.Current);
        Assert.False(choice.Refused());

        Assert.False(new ProtocolChoice(BrokerProtocol.V5).Refused());
        Assert.Equal(MqttProtocolVersion.V311, new ProtocolChoice(BrokerProtocol.V311).Current);
    }
}
