using System.Text;
using Gateway.Configuration;
using Gateway.Hosting;
using Microsoft.Extensions.Configuration;

namespace Gateway.Commands;

/// <summary><c>--help</c>, with every setting as the options declare it.</summary>
internal static class Help
{
    public static string Text()
    {
        var settings = new Settings(new ConfigurationBuilder().Build());
        GatewayOptions.Read(settings);
        var text = new StringBuilder("""
            Scores vibration frames from an MQTT broker and publishes alerts.

              gateway [--config FILE] [--Section:Key=value ...]   runs until SIGTERM or SIGINT
              gateway --self-test                                 scores of known frames, and 0 bytes allocated
              gateway --scores FILE                               the score of each frame in a file
              gateway --threshold FILE                            a threshold from frames of a healthy machine
              gateway --help

            Settings come from FILE (appsettings.json beside the program where none is named), then from the environment as
            GATEWAY_Section__Key, then from the command line:


            """);
        foreach ((string key, string fallback, string meaning) in settings.Descriptions)
        {
            string shown = fallback.Length == 0 ? "(empty)" : fallback;
            text.Append($"  {key,-24} {shown,-24} {meaning}\n");
        }

        return text.Append("\nExit codes: 0 stopped, 1 failed, 2 wrong command, setting or input.\n").ToString();
    }
}
