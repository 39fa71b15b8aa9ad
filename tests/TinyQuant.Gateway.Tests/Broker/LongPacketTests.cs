using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Gateway.Broker;
using MQTTnet.Channel;
using MQTTnet.Exceptions;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>Packets that are longer than is allowed, of a broker that was told so and of one that cannot be.</summary>
public class LongPacketTests
{
    /// <summary>Bytes, of the whole process; the longest packet has more.</summary>
    public const long MostMemory = 192 << 20;

    private const int Most = 65_549;

    private static readonly byte[] s_frame = TestFrames.Float32(TestFrames.Samples(1, isFaulty: true));
    private static readonly byte[] s_frameOf5 = [0, .. s_frame]; // no properties

    [Fact]
    public async Task A_broker_of_MQTT_5_that_heeds_no_limit_takes_no_memory()
    {
        byte[] frameThenMore = [.. s_frameOf5, .. new byte[20_000]];
        using var broker = new OldBroker(Refusal.Rude,
        [
            .. OldBroker.Longest(0, "vibration/long/frame"),
            OldBroker.Message(0, "vibration/more/frame", frameThenMore),
            OldBroker.Message(2, "vibration/pump/frame", s_frameOf5),
        ]);
        using var gateway = new GatewayProcess(broker.Port, "--Broker:Protocol=V5");
        await gateway.WaitUntilHealthyAsync();
        await broker.Acknowledged;

        GatewayCounts counts = await gateway.WaitUntilAsync(c => c.Scored == 1);
        Assert.Equal((3, 2, 2, 1), (counts.Received, counts.Malformed, counts.Refused("length"), counts.Connections));
        Assert.Equal(1, counts.Values["gateway_sensors"]);
        Assert.InRange(gateway.PeakMemory(), 1, MostMemory);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Contains("with MQTT 5, subscribed to", gateway.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_message_and_too_long_ends_the_connection()
    {
        using var broker = new OldBroker(
            Refusal.Rude, [[0xF0, 0xFF, 0xFF, 0xFF, 0x7F], .. Enumerable.Repeat(new byte[65_536], 2)]);
        using var gateway = new GatewayProcess(broker.Port, "--Broker:Protocol=V5");
        await gateway.WaitUntilAsync(c => c.Connections > 1);
        Assert.InRange(gateway.PeakMemory(), 1, MostMemory);
        Assert.Equal(0, await gateway.StopAsync());
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
        using var channel = new ShorteningChannel(new Bytes([.. first, 0xD0, 0]), Most);

        byte[] read = new byte[4_000_000];
        int count = 0;
        for (int got = 1; got > 0; count += got)
        {
            got = await channel.ReadAsync(read, count, 1 + (count % 1000), default);
        }

        int kept = Math.Min(length, Most);
        byte[] expected = length < 2 ? first : [.. OldBroker.Message(0, "", new byte[kept - 2])];
        Assert.Equal([.. expected, 0xD0, 0], read[..count]);
        Assert.False(channel.IsShortened); // the last one is whole
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

        public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket,
            CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
