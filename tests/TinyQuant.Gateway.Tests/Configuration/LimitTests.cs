using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Broker;
using Gateway.Configuration;
using Gateway.Frames;
using Gateway.Hosting;
using Gateway.Monitoring;
using Microsoft.Extensions.Configuration;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Configuration;

/// <summary>The numbers of docs/limits.md are those of the code, and of the settings by default.</summary>
public partial class LimitTests
{
    [Fact]
    public void Gateway()
    {
        GatewayOptions options = GatewayOptions.Read(new Settings(new ConfigurationBuilder().Build()));
        var expected = new Dictionary<string, double[]>
        {
            ["a frame's payload"] = [FrameFormat.MaxBytes],
            ["a sensor's name"] = [SensorTopic.MaxNameLength],
            ["sensors, `Frames:MaxSensors`"] = [options.Sensors.Most],
            ["silence after which a sensor is forgotten, `Frames:ForgetAfter`"] = [
                options.Sensors.ForgetAfter.TotalSeconds],
            ["frames that wait, `Frames:QueueCapacity`"] = [options.Frames.QueueCapacity],
            ["alerts that wait, `Alerts:QueueCapacity`"] = [options.Alerts.QueueCapacity],
            ["what is read of a packet, `Broker:MaxPacketBytes`"] = [
                options.Broker.MaxPacketBytes, BoundedAdapterFactory.MostBeforePayload],
            ["messages that are held, `Broker:ReceiveMaximum`"] = [options.Broker.ReceiveMaximum],
            ["the head of an HTTP request"] = [HttpRequest.MaxHeadBytes],
            ["HTTP clients at a time"] = [HttpEndpoint.MaxClients],
            ["time for an HTTP client"] = [HttpEndpoint.Patience.TotalSeconds],
        };
        string page = File.ReadAllText(Repository.File("docs", "limits.md"));
        string section = page[page.IndexOf("## Gateway", StringComparison.Ordinal)..];
        section = section[
            ..(section.IndexOf("\n## ", StringComparison.Ordinal) is >= 0 and int end ? end : section.Length)];
        Dictionary<string, double[]> rows = section.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(),
                cells => Number().Matches(cells[2].Replace("MQTT 3.1.1", "", StringComparison.Ordinal))
                .Select(m => double.Parse(m.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
                .ToArray());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, row => Assert.Equal(row.Value, rows[row.Key]));
    }

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Number();
}
