using Gateway.Commands;
using Gateway.Configuration;
using Gateway.Hosting;
using Microsoft.Extensions.Configuration;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Configuration;

/// <summary>Settings from file and command line, and what is wrong with them.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_file_that_comes_along_is_right_and_says_nothing_new()
    {
        (GatewayOptions options, IReadOnlyList<string> errors) = Read(
            $"--config={Repository.File("samples", "Gateway", "appsettings.json")}");
        (GatewayOptions standard, _) = Read($"--config={Write("{}")}");
        Assert.Empty(errors);
        Assert.Equal(standard, options);
    }

    [Fact]
    public void The_command_line_counts_more_than_the_file()
    {
        string file = Write("""{ "Broker": { "Host": "a", "Port": 1 }, "Log": { "Level": "debug" } }""");
        (GatewayOptions options, IReadOnlyList<string> errors) = Read("--config", file, "--broker:port=2");
        Assert.Empty(errors);
        Assert.Equal(("a", 2, Microsoft.Extensions.Logging.LogLevel.Debug),
            (options.Broker.Host, options.Broker.Port, options.LogLevel));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        (_, IReadOnlyList<string> errors) = Read($"--config={Write("{}")}", "--Broker:Port=70000",
            "--Alerts:Threshold=nan", "--Broker:UseTls=yes",
            "--Frames:Topic=a/b", "--Alerts:Topic=x/#", "--Http:Address=here", "--Log:Level=3",
            "--Broker:CaFile=/no/file", "--Brocker:Host=b",
            "--Broker:ReconnectAfter=9", "--Broker:ReconnectAtMost=1");
        Assert.Equal(
        [
            "Broker:Port is '70000'; expected an integer from 1 to 65535",
            "Broker:UseTls is 'yes'; expected true or false",
            "Broker:ReconnectAtMost is '1'; expected at least Broker:ReconnectAfter",
            "Broker:CaFile is '/no/file'; expected a file that exists",
            "Frames:Topic is 'a/b'; expected a topic with one level '+' and no other wildcard",
            "Alerts:Threshold is 'nan'; expected a number from 1E-09 to 1",
            "Alerts:Topic is 'x/#'; expected a topic with {sensor} and no wildcard",
            "Log:Level is '3'; expected Trace, Debug, Information, Warning, Error, Critical, None",
            "Http:Address is 'here'; expected an IP address",
            "Brocker:Host is no setting; 'gateway --help' lists them",
        ], errors);
    }

    [Fact]
    public void A_text_that_MQTT_cannot_carry_is_refused()
    {
        (_, IReadOnlyList<string> errors) = Read($"--config={Write("{}")}",
            $"--Broker:ClientId={new string('ä', 32_768)}", "--Broker:UserName=a\0b",
            $"--Broker:Host={new string('x', 65_535)}");
        Assert.Equal(
        [
            $"Broker:ClientId is '{new string('ä', 40)}...'; expected a text of at most 65535 bytes, without zero "
                + "bytes",
            "Broker:UserName is 'a\0b'; expected a text of at most 65535 bytes, without zero bytes",
        ], errors);
    }

    [Theory]
    [InlineData("--Frames:ForgetAfter=100", 100)]
    [InlineData("--Alerts:MinInterval=7200", 7_200)] // else silence would allow for the next alert
    public void Sensors_are_remembered_for_as_long_as_alerts_may_be_too_soon(string setting, double expected)
    {
        (GatewayOptions options, IReadOnlyList<string> errors) = Read($"--config={Write("{}")}", setting);
        Assert.Empty(errors);
        Assert.Equal(expected, options.Sensors.ForgetAfter.TotalSeconds);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("--Broker:Host")]
    [InlineData("--config")]
    [InlineData("--=1")]
    [InlineData("-x=1")]
    public void An_argument_that_is_none_is_refused(string argument) =>
        Assert.Contains(
            $"'{argument}'", Assert.Throws<FormatException>(() => Read(argument)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_file_that_is_no_JSON_object_is_refused(string text)
    {
        string file = Write(text);
        Assert.Contains(
            file, Assert.Throws<FormatException>(() => Read("--config", file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_README_name_every_setting()
    {
        (_, _, Settings settings) = ReadAll($"--config={Write("{}")}");
        string readme = File.ReadAllText(Repository.File("samples", "Gateway", "README.md"));
        string help = Help.Text();
        Assert.All(settings.Descriptions, setting =>
        {
            Assert.Contains($"  {setting.Key} ", help, StringComparison.Ordinal);
            Assert.Contains($"| `{setting.Key}` |", readme, StringComparison.Ordinal);
        });
    }

    private static (GatewayOptions Options, IReadOnlyList<string> Errors) Read(params string[] arguments)
    {
        (GatewayOptions options, IReadOnlyList<string> errors, _) = ReadAll(arguments);
        return (options, errors);
    }

    private static (GatewayOptions, IReadOnlyList<string>, Settings) ReadAll(params string[] arguments)
    {
        IConfiguration configuration = ConfigurationSources.Read(arguments);
        var settings = new Settings(configuration);
        GatewayOptions options = GatewayOptions.Read(settings);
        return (options, settings.Errors(), settings);
    }

    private string Write(string text)
    {
        File.WriteAllText(_temp["settings.json"], text);
        return _temp["settings.json"];
    }
}
