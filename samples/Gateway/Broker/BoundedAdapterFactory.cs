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
internal sealed class BoundedAdapterFactory(int windowSize) : IMqttClientAdapterFactory
{
    /// <summary>That of the last connection.</summary>
    public ReceiveWindow Window { get; private set; } = new(windowSize);

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        Window = new ReceiveWindow(windowSize);
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        return new BoundedAdapter(new MqttChannelAdapter(new BufferedChannel(new MqttTcpChannel(options)), formatter, logger), Window);
    }
}
