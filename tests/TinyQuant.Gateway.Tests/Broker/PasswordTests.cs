using Gateway.Broker;
using Gateway.Configuration;
using Gateway.Frames;
using Gateway.Monitoring;
using Microsoft.Extensions.Configuration;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>A password that goes over the network as it is.</summary>
public sealed class PasswordTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("broker.example", "pump", false, true)]
    [InlineData("192.0.2.1", "pump", false, true)]
    [InlineData("::ffff:192.0.2.1", "pump", false, true)]
    [InlineData("broker.example", "pump", true, false)]
    [InlineData("broker.example", "", false, false)]
    [InlineData("LocalHost", "pump", false, false)]
    [InlineData("127.0.0.2", "pump", false, false)]
    [InlineData("::1", "pump", false, false)]
    public void It_is_in_clear_without_TLS_to_another_machine(string host, string user, bool useTls, bool expected) =>
        Assert.Equal(expected, Read(host, user, useTls).SendsPasswordInClear);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task It_is_warned_of_at_the_start_and_not_printed(bool useTls, bool isWarned)
    {
        File.WriteAllText(_temp["password"], "open sesame\n");
        BrokerOptions options = Read("broker.invalid", "pump", useTls) with { PasswordFile = _temp["password"] };
        List<string> log = [];
        using var metrics = new GatewayMetrics();
        var health = new Health(new FrameQueue(1).OldestReceivedAt, TimeProvider.System);
        using var broker = new BrokerConnection(
            options, "a/+", _ => { }, health, metrics, new ListLogger<BrokerConnection>(log));

        await broker.StartAsync(CancellationToken.None);
        await HangGuard.UntilAsync(() =>
            log.ToArray().Any(line =>
                line.StartsWith("No connection to broker.invalid:1883", StringComparison.Ordinal)));
        await broker.StopAsync(CancellationToken.None);

        Assert.Equal(isWarned, log[0].Contains("go to broker.invalid:1883 unencrypted", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("sesame", StringComparison.Ordinal));
    }

    [Fact]
    public void One_that_MQTT_cannot_carry_is_refused()
    {
        File.WriteAllText(_temp["password"], new string('x', 65_536));
        BrokerOptions options = Read("localhost", "pump", useTls: false) with { PasswordFile = _temp["password"] };
        string message = Assert.Throws<FormatException>(() =>
            ClientOptions.Create(options, MQTTnet.Formatter.MqttProtocolVersion.V500)).Message;
        Assert.Contains("has 65536 bytes; expected at most 65535", message, StringComparison.Ordinal);
    }

    private static BrokerOptions Read(string host, string user, bool useTls)
    {
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Broker:Host"] = host,
            ["Broker:UserName"] = user,
            ["Broker:UseTls"] = useTls ? "true" : "false",
        }).Build());
        BrokerOptions options = BrokerOptions.Read(settings);
        Assert.Empty(settings.Errors());
        return options;
    }
}
