using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Broker;
using MQTTnet.Channel;
using MQTTnet.Exceptions;
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
        using var broker = new OldBroker(
            refusal,
            OldBroker.Message(1, "vibration/kept/frame", s_frame), // retained: of another time
            OldBroker.Message(0, "vibration/long/frame", new byte[3_000_000]),
            OldBroker.Message(2, "vibration/pump/frame", s_frame));
        using var gateway = new GatewayProcess(broker.Port, "--Alerts:RaiseAfter=1", "--Alerts:Threshold=0.000001");
        await gateway.WaitUntilHealthyAsync();
        await broker.Acknowledged;
        byte[] alert = await broker.Published;

        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 1);
        Assert.Equal((2, 1, 1), (counts.Received, counts.Malformed, counts.Refused("length")));
        Assert.Equal("vibration/pump/alert", Encoding.ASCII.GetString(alert, 2, alert[1]));
        Assert.InRange(gateway.PeakMemory(), 1, 256 << 20);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal([5, 4], broker.Versions.Take(2));
        Assert.Contains("with MQTT 3.1.1, subscribed to", gateway.Log, StringComparison.Ordinal);
        Assert.Equal(refusal == Refusal.Said, gateway.Log.Contains("does not speak MQTT 5; it is asked for 3.1.1 from now on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_told_that_one_version_alone_is_wanted()
    {
        using var broker = new OldBroker(Refusal.Said);
        using var gateway = new GatewayProcess(broker.Port, "--Broker:Protocol=v5");
        await gateway.WaitUntilAsync(_ => broker.Versions.Count > 1);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.All(broker.Versions.ToArray(), v => Assert.Equal(5, v));
        Assert.Contains("the broker does not speak the version of MQTT that Broker:Protocol=V5 is", gateway.Log, StringComparison.Ordinal);
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

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_384)]
    [InlineData(65_549)]
    [InlineData(65_550)]
    [InlineData(3_000_000)]
    public async Task Packets_are_shortened_to_what_is_of_use(int length)
    {
        byte[] packet = OldBroker.Message(0, "", new byte[length - Math.Min(length, 2)]);
        byte[] first = length < 2 ? [0xD0, 0] : packet;
        using var channel = new ShorteningChannel(new Bytes([.. first, 0xD0, 0]), 10);

        byte[] read = new byte[4_000_000];
        int count = 0;
        for (int got = 1; got > 0; count += got)
        {
            got = await channel.ReadAsync(read, count, 1 + (count % 1000), default);
        }

        int kept = Math.Min(length, 65_539 + 10);
        byte[] expected = length < 2 ? first : [.. OldBroker.Message(0, "", new byte[kept - 2])];
        Assert.Equal([.. expected, 0xD0, 0], read[..count]);
    }

    [Fact]
    public async Task A_length_that_has_no_end_is_refused()
    {
        using var channel = new ShorteningChannel(new Bytes([0x30, 0x80, 0x80, 0x80, 0x80, 1]), 10);
        await Assert.ThrowsAsync<MqttProtocolViolationException>(() => channel.ReadAsync(new byte[8], 0, 8, default));
    }

    private sealed class Bytes(byte[] content) : IMqttChannel
    {
        private int _at;

        public X509Certificate2 ClientCertificate => null!;

        public bool IsSecureConnection => false;

        public EndPoint LocalEndPoint => null!;

        public EndPoint RemoteEndPoint => null!;

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            int length = Math.Min(count, content.Length - _at);
            content.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return Task.FromResult(length);
        }

        public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
