using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool;

/// <summary>The <c>tinyquant</c> command: a thin command line over the libraries.</summary>
internal static class Program
{
    private const int RedirectedWidth = 132;

    /// <summary>
    /// How long a command has to end after Ctrl-C: a model is compiled in one piece, and on a busy machine slowly.
    /// </summary>
    private static readonly TimeSpan s_termination = TimeSpan.FromSeconds(15);

    /// <summary>Kept for as long as the process runs: what is collected is no handler any more.</summary>
    private static PosixSignalRegistration? s_fileSizeLimit;

    public static async Task<int> Main(string[] args)
    {
        // Scripts read what the command prints, and where the comma is decimal an option's 0.01 would be taken for 1.
#pragma warning disable RS0030
        CultureInfo.DefaultThreadCurrentCulture =
            CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
#pragma warning restore RS0030
        Screen.Guard();
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            AnsiConsole.Profile.Width = RedirectedWidth; // a file or a pipe has no width of its own
        }

        s_fileSizeLimit = OutliveFileSizeLimit();
        RootCommand root = CommandLine.Create();
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in ParseErrors.Of(parsed))
            {
                Screen.Error(message);
            }

            Screen.More(
                $"'tinyquant {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help' shows what is expected.");
            return ExitCodes.WrongInput;
        }

        return await ErrorReporter.RunAsync(() => parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = s_termination,
        }));
    }

    /// <summary>
    /// A file beyond the limit of <c>ulimit -f</c> would end the process there and then and leave a part of it; with a
    /// handler the write fails, as on a full disk. Null on Windows, which has no such signal.
    /// </summary>
    private static PosixSignalRegistration? OutliveFileSizeLimit()
    {
        const int FileSizeExceeded = 25; // SIGXFSZ of Linux and macOS, for which .NET has no name
        return OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create((PosixSignal)FileSizeExceeded, context => context.Cancel = true);
    }
}
