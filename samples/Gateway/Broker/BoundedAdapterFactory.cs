using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace Gateway.Broker;

/// <summary>
/// Makes the adapter of each connection, over TCP or TLS alone: the client's own factory brings WebSockets and with
/// them an HTTP client into the program.
/// </summary>
/// <param name="windowSize">Messages between the socket and the handler.</param>
/// <param name="maxPacketBytes">What is read of a packet, or of its payload where the broker cannot be told so.</param>
internal sealed class BoundedAdapterFactory(int windowSize, int maxPacketBytes) : IMqttClientAdapterFactory
{
    /// <summary>The longest topic, its length, and an identifier.</summary>
    public const int MostBeforePayload = 65_535 + 4;

    /// <summary>That of the last connection.</summary>
    public ReceiveWindow Window { get; private set; } = new(windowSize);

    public IMqttChannelAdapter CreateClientAdapter(
        MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        Window = new ReceiveWindow(windowSize);
        var formatter = new MqttPacketFormatterAdapter(
            options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        // A broker of MQTT 5 is told, and what it sends on top is not lawful. One of 3.1.1 may send any packet, which
        // is to be acknowledged, lest it comes again.
        int most = options.ProtocolVersion == MqttProtocolVersion.V500
            ? maxPacketBytes
            : MostBeforePayload + maxPacketBytes;
        var channel = new ShorteningChannel(new BufferedChannel(new MqttTcpChannel(options)), most);
        return new BoundedAdapter(new MqttChannelAdapter(channel, formatter, logger), channel, Window);
    }
}
