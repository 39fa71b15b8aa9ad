using Gateway.Monitoring;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TinyQuant.Gateway.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Gateway.Tests.Monitoring;

/// <summary>The lines of the log, and names of strangers in them.</summary>
public class LineFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "trce", 7)]
    [InlineData(LogLevel.Debug, "dbug", 7)]
    [InlineData(LogLevel.Information, "info", 6)]
    [InlineData(LogLevel.Warning, "warn", 4)]
    [InlineData(LogLevel.Error, "fail", 3)]
    [InlineData(LogLevel.Critical, "crit", 2)]
    public void A_line_has_its_level_and_the_time_or_its_priority(LogLevel level, string name, int priority)
    {
        var time = new ManualTime();
        string now = time.GetUtcNow().ToString(
            "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"{now} {name}: Some.Category[7] it went\n",
            Line(new LineFormatter(isSystemd: false, time), level, "it went", null));
        Assert.Equal($"<{priority}>Some.Category[7] it went\n",
            Line(new LineFormatter(isSystemd: true, time), level, "it went", null));
    }

    [Fact]
    public void Names_of_strangers_stay_in_their_line() =>
        Assert.All(HostileNames.Payloads.Concat(HostileNames.Random()), name =>
    {
        foreach (bool isSystemd in new[] { true, false })
        {
            string line = Line(new LineFormatter(isSystemd, new ManualTime()), LogLevel.Warning, $"No frame on {name}",
                new InvalidOperationException(name, new IOException(name)));
            Assert.EndsWith("\n", line, StringComparison.Ordinal);
            Assert.Empty(HostileNames.Unseen(line[..^1], ""));
            Assert.Empty(HostileNames.Commands(line));
        }
    });

    private static string Line(ConsoleFormatter formatter, LogLevel level, string message, Exception? exception)
    {
        using var text = new StringWriter();
        formatter.Write(
            new LogEntry<string>(level, "Some.Category", new EventId(7, "x"), message, exception, (state, _) => state),
            null, text);
        return text.ToString();
    }
}
