using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Gateway.Broker;

/// <summary>
/// Stops reading from the socket while the client holds too many messages that were not handled: its own queue of them
/// has no limit. The broker then sees a slow reader and queues or drops by its own rules. A message that was shortened
/// comes without its payload: what is left of it could be a frame by chance, and takes memory while it waits.
/// </summary>
/// <param name="inner">Reads and writes packets.</param>
/// <param name="channel">What it reads from.</param>
/// <param name="window">Whoever handles a message leaves it.</param>
internal sealed class BoundedAdapter(IMqttChannelAdapter inner, ShorteningChannel channel, ReceiveWindow window)
    : IMqttChannelAdapter
{
    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        MqttPacket packet = await inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);
        if (packet is not MqttPublishPacket message)
        {
            return channel.IsShortened
                ? throw new MqttProtocolViolationException(
                    "the broker sent a packet that is too long and is no message")
                : packet;
        }

        if (channel.IsShortened)
        {
            message.Payload = ReadOnlySequence<byte>.Empty;
        }

        await window.EnterAsync(cancellationToken).ConfigureAwait(false);
        return packet;
    }

    public void ResetStatistics() => inner.ResetStatistics();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) =>
        inner.SendPacketAsync(packet, cancellationToken);
}
