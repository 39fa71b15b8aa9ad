using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gateway.Monitoring;

/// <summary>
/// A line for each entry of the log, in the form of the simple console or of the one for systemd: whatever stands in the names
/// of topics, a broker's reasons or messages of exceptions, it is one line, and all of it can be seen.
/// </summary>
/// <param name="isSystemd">Whether each line begins with its priority, as journald takes it, and not with the time.</param>
/// <param name="time">The clock.</param>
internal sealed class LineFormatter(bool isSystemd, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string exception = logEntry.Exception is { } thrown ? " " + thrown.ToString().ReplaceLineEndings(" ") : "";
        textWriter.Write(FormattableString.Invariant($"{Head(logEntry.LogLevel)}{logEntry.Category}[{logEntry.EventId.Id}] {Printable.Text(message + exception)}\n"));
    }

    private string Head(LogLevel level)
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
        return isSystemd ? FormattableString.Invariant($"<{priority}>") : FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {name}: ");
    }
}
