using Gateway.Alerts;
using Gateway.Broker;
using Gateway.Configuration;
using Gateway.Frames;
using Microsoft.Extensions.Logging;

namespace Gateway.Hosting;

/// <summary>All settings.</summary>
internal sealed record GatewayOptions
{
    public required BrokerOptions Broker { get; init; }

    public required FrameOptions Frames { get; init; }

    public required AlertOptions Alerts { get; init; }

    /// <summary>The address that /health and /metrics are served at.</summary>
    public required string HttpAddress { get; init; }

    /// <summary>Its TCP port; 0 for no such service.</summary>
    public required int HttpPort { get; init; }

    /// <summary>How long a stop may take until what was accepted is scored and sent.</summary>
    public required TimeSpan StopTimeout { get; init; }

    public required LogLevel LogLevel { get; init; }

    /// <summary>
    /// How many sensors are known, and for how long. A sensor is remembered for as long as its next alert may be too
    /// soon: else whoever is silent for a moment could send another.
    /// </summary>
    public SensorOptions Sensors => new(
        Frames.MaxSensors, Frames.ForgetAfter > Alerts.MinInterval ? Frames.ForgetAfter : Alerts.MinInterval);

    /// <summary>Reads them.</summary>
    public static GatewayOptions Read(Settings settings)
    {
        var options = new GatewayOptions
        {
            Broker = BrokerOptions.Read(settings),
            Frames = FrameOptions.Read(settings),
            Alerts = AlertOptions.Read(settings),
            HttpAddress = settings.Text("Http:Address", "127.0.0.1", "where /health and /metrics are served"),
            HttpPort = settings.Integer("Http:Port", 9464, 0, 65_535, "its TCP port; 0 for none"),
            StopTimeout = settings.Seconds("Stop:Timeout", 15, 1, 600, "seconds to score and send what was accepted"),
            LogLevel = settings.Choice(
                "Log:Level", LogLevel.Information, "Trace, Debug, Information, Warning, Error, Critical or None"),
        };
        if (!System.Net.IPAddress.TryParse(options.HttpAddress, out _))
        {
            settings.Refuse("Http:Address", options.HttpAddress, "an IP address");
        }

        return options;
    }
}
