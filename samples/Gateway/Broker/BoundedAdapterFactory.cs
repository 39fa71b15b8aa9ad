using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace Gateway.Broker;

/// <summary>
/// Makes the adapter of each connection, over TCP or TLS alone: the client's own factory brings WebSockets and with
/// them an HTTP client into the program.
/// </summary>
/// <param name="windowSize">Messages between the socket and the handler.</param>
/// <param name="maxPacketBytes">What is read of a packet's payload where the broker cannot be told so.</param>
internal sealed class BoundedAdapterFactory(int windowSize, int maxPacketBytes) : IMqttClientAdapterFactory
{
    /// <summary>That of the last connection.</summary>
    public ReceiveWindow Window { get; private set; } = new(windowSize);

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        Window = new ReceiveWindow(windowSize);
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        IMqttChannel channel = new BufferedChannel(new MqttTcpChannel(options));
        if (options.ProtocolVersion != MqttProtocolVersion.V500)
        {
            channel = new ShorteningChannel(channel, maxPacketBytes);
        }
        return new BoundedAdapter(new MqttChannelAdapter(channel, formatter, logger), Window);
    }
}
