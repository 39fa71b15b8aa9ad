using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Gateway.Broker;

/// <summary>
/// Stops reading from the socket while the client holds too many messages that were not handled: its own queue of them
/// has no limit. The broker then sees a slow reader and queues or drops by its own rules.
/// </summary>
/// <param name="inner">Reads and writes packets.</param>
/// <param name="window">Whoever handles a message leaves it.</param>
internal sealed class BoundedAdapter(IMqttChannelAdapter inner, ReceiveWindow window) : IMqttChannelAdapter
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
        if (packet is MqttPublishPacket)
        {
            await window.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        return packet;
    }

    public void ResetStatistics() => inner.ResetStatistics();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);
}
