using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Monitoring;

/// <summary>
/// A line for each entry of the log, in the form of the simple console or of the one for systemd: whatever stands in
/// the names of topics, a broker's reasons or messages of exceptions, it is one line, and all of it can be seen.
/// </summary>
/// <param name="isSystemd">Whether a line begins with its priority, as journald takes it, and not with the
/// time.</param>
/// <param name="time">The clock.</param>
internal sealed class LineFormatter(bool isSystemd, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (logEntry.Exception is { } thrown)
        {
            text += " " + thrown.ToString().ReplaceLineEndings(" ");
        }

        string head = FormattableString.Invariant(
            $"{Start(logEntry.LogLevel)}{logEntry.Category}[{logEntry.EventId.Id}] ");
        textWriter.Write(head + Printable.Text(text) + "\n");
    }

    private string Start(LogLevel level)
    {
        (string name, int priority) = level switch // priorities of syslog(3)
        {
            LogLevel.Trace => ("trce", 7),
            LogLevel.Debug => ("dbug", 7),
            LogLevel.Information => ("info", 6),
            LogLevel.Warning => ("warn", 4),
            LogLevel.Error => ("fail", 3),
            _ => ("crit", 2),
        };
        return isSystemd
            ? FormattableString.Invariant($"<{priority}>")
            : FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {name}: ");
    }
}
