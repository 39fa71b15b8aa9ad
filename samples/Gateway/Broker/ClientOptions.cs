using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;

namespace Gateway.Broker;

/// <summary>The settings as the MQTT client takes them.</summary>
internal static class ClientOptions
{
    private const int ReadBytes = 65_536;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Makes them, and reads the files that they name.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="FormatException">A password is too long.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate is none.</exception>
    public static MqttClientOptions Create(BrokerOptions options, MqttProtocolVersion version) => new()
    {
        ClientId = options.ClientId,
        ProtocolVersion = version,
        CleanSession = true, // frames of an hour ago are no use
        KeepAlivePeriod = options.KeepAlive,
        // What 3.1.1 has no word for. Our own window holds there, too, and packets are shortened.
        MaximumPacketSize = version == MqttProtocolVersion.V500 ? (uint)options.MaxPacketBytes : 0,
        ReceiveMaximum = version == MqttProtocolVersion.V500 ? (ushort)options.ReceiveMaximum : (ushort)0,
        Timeout = s_timeout,
        Credentials = options.UserName.Length == 0
            ? null
            : new MqttClientCredentials(options.UserName, ReadPassword(options.PasswordFile)),
        ChannelOptions = new MqttClientTcpOptions
        {
            RemoteEndpoint = new DnsEndPoint(options.Host, options.Port),
            BufferSize = ReadBytes,
            NoDelay = true,
            TlsOptions = CreateTls(options),
        },
    };

    private static byte[] ReadPassword(string file)
    {
        byte[] password = file.Length == 0 ? [] : Encoding.UTF8.GetBytes(File.ReadAllText(file).TrimEnd('\r', '\n'));
        return password.Length <= ushort.MaxValue
            ? password
            : throw new FormatException(
                $"Broker:PasswordFile is '{file}', which has {password.Length} bytes; expected at most 65535, as "
                    + "MQTT has it");
    }

    private static MqttClientTlsOptions CreateTls(BrokerOptions options)
    {
        var tls = new MqttClientTlsOptions { UseTls = options.UseTls, TargetHost = options.Host };
        if (options.UseTls && options.CaFile.Length > 0)
        {
            tls.TrustChain = [];
            tls.TrustChain.ImportFromPemFile(options.CaFile);
            tls.RevocationMode = X509RevocationMode.NoCheck; // one's own authority publishes no lists
        }

        return tls;
    }
}
