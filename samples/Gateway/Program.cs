// gateway: scores vibration frames from an MQTT broker with a model that is compiled in, and publishes alerts.

using Gateway.Commands;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Monitoring;
using Microsoft.Extensions.Configuration;

try
{
    switch (args)
    {
        case ["--help" or "-h" or "-?"]:
            Console.Write(Help.Text());
            return 0;
        case ["--self-test"]:
            return SelfTest.Run(Read([]).Alerts);
        case ["--scores", string path]:
            return FrameFile.PrintScores(path);
        case ["--threshold", string path]:
            return FrameFile.PrintThreshold(path);
        default:
            return await GatewayHost.RunAsync(Read(args)).ConfigureAwait(false);
    }
}
catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException
    or System.Security.Cryptography.CryptographicException)
{
    foreach (string line in e is SettingsException settings ? settings.Errors : [e.Message])
    {
        Console.Error.WriteLine($"gateway: {Printable.Text(line)}");
    }

    return 2;
}

static GatewayOptions Read(string[] arguments)
{
    IConfiguration configuration = ConfigurationSources.Read(arguments);
    var settings = new Settings(configuration);
    GatewayOptions options = GatewayOptions.Read(settings);
    return settings.Errors() is { Count: > 0 } errors ? throw new SettingsException(errors) : options;
}
