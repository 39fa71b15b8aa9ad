using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// What the tasks say, in which names and paths of strangers' may be: each is one line, as it can be printed.
/// BannedSymbols.Build.txt keeps other ways shut.
/// </summary>
internal static class TaskLog
{
#pragma warning disable RS0030 // this is where it comes out
    /// <summary>An error at a file, with the section of the documentation on it.</summary>
    public static void Error(this TaskLoggingHelper log, string code, string file, string message) => log.LogError(
        null, code, null, HelpLinks.Of(code), Printable.Text(file), 0, 0, 0, 0, "{0}", Printable.Text(message));

    /// <summary>A warning at a file.</summary>
    public static void Warning(this TaskLoggingHelper log, string code, string file, string message) => log.LogWarning(
        null, code, null, HelpLinks.Of(code), Printable.Text(file), 0, 0, 0, 0, "{0}", Printable.Text(message));

    /// <summary>
    /// A line that is neither; it does not begin with a name, which could be a command of a build server's.
    /// </summary>
    public static void Message(this TaskLoggingHelper log, MessageImportance importance, string message) =>
        log.LogMessage(importance, "{0}", Printable.Text(message));
#pragma warning restore RS0030
}
