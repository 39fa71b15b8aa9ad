using System.Net;
using Gateway.Configuration;

namespace Gateway.Broker;

/// <summary>How the broker is reached.</summary>
internal sealed record BrokerOptions
{
    private const int SmallestPacket = 2_048; // holds the longest frame with the longest topic of a sensor

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Versions of MQTT that are spoken.</summary>
    public required BrokerProtocol Protocol { get; init; }

    /// <summary>One connection at a time has it.</summary>
    public required string ClientId { get; init; }

    /// <summary>Empty for none.</summary>
    public required string UserName { get; init; }

    /// <summary>A file with the password alone; empty for none.</summary>
    public required string PasswordFile { get; init; }

    public required bool UseTls { get; init; }

    /// <summary>Whether user name and password leave this machine where everybody on the way can read them.</summary>
    public bool SendsPasswordInClear => UserName.Length > 0 && !UseTls && !IsThisMachine(Host);

    /// <summary>Certificates, PEM, that are trusted in place of the system's; empty for none.</summary>
    public required string CaFile { get; init; }

    /// <summary>The quality of service of the subscription, 0 or 1.</summary>
    public required int QualityOfService { get; init; }

    public required int MaxPacketBytes { get; init; }

    /// <summary>Messages that the client holds, and that the broker may send before one is acknowledged.</summary>
    public required int ReceiveMaximum { get; init; }

    public required TimeSpan KeepAlive { get; init; }

    public required TimeSpan ReconnectAfter { get; init; }

    public required TimeSpan ReconnectAtMost { get; init; }

    /// <summary>Reads them.</summary>
    public static BrokerOptions Read(Settings settings)
    {
        var options = new BrokerOptions
        {
            Host = settings.Text("Broker:Host", "localhost", "name or address of the MQTT broker"),
            Port = settings.Integer("Broker:Port", 1883, 1, 65_535, "its TCP port"),
            Protocol = settings.Choice("Broker:Protocol", BrokerProtocol.Auto,
                "MQTT: V5, V311, or Auto: 5, and 3.1.1 with a broker that does not speak it"),
            ClientId = settings.Text(
                "Broker:ClientId", $"gateway-{Environment.MachineName}", "one connection at a time has it"),
            UserName = settings.Text("Broker:UserName", "", "nobody in particular where it is empty"),
            PasswordFile = settings.Text("Broker:PasswordFile", "", "a file that holds the password alone"),
            UseTls = settings.Flag("Broker:UseTls", false, "encrypt, and check the broker's certificate"),
            CaFile = settings.Text("Broker:CaFile", "", "certificates (PEM) to trust in place of the system's"),
            QualityOfService = settings.Integer("Broker:QualityOfService", 1, 0, 1, "of the subscription"),
            MaxPacketBytes = settings.Integer("Broker:MaxPacketBytes", 8_192, SmallestPacket, 1_048_576,
                "the broker keeps longer packets to itself, one of 3.1.1 sends them in vain"),
            ReceiveMaximum = settings.Integer(
                "Broker:ReceiveMaximum", 200, 1, 65_535, "messages on their way at a time"),
            KeepAlive = settings.Seconds(
                "Broker:KeepAlive", 30, 1, 3_600, "seconds after which silence is a lost broker"),
            ReconnectAfter = settings.Seconds(
                "Broker:ReconnectAfter", 0.5f, 0.01f, 3_600, "seconds before the first new attempt, doubled each time"),
            ReconnectAtMost = settings.Seconds("Broker:ReconnectAtMost", 30, 0.01f, 3_600, "the longest such wait"),
        };
        if (options.ReconnectAtMost < options.ReconnectAfter)
        {
            settings.Refuse(
                "Broker:ReconnectAtMost", $"{options.ReconnectAtMost.TotalSeconds}", "at least Broker:ReconnectAfter");
        }

        RequireFile(settings, "Broker:PasswordFile", options.PasswordFile);
        RequireFile(settings, "Broker:CaFile", options.CaFile);
        if (options.PasswordFile.Length > 0 && options.UserName.Length == 0)
        {
            settings.Refuse("Broker:UserName", "", "a name, since there is a password");
        }

        return options;
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static void RequireFile(Settings settings, string key, string path)
    {
        if (path.Length > 0 && !File.Exists(path))
        {
            settings.Refuse(key, path, "a file that exists");
        }
    }
}
