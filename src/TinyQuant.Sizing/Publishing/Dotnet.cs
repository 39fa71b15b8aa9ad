using System.ComponentModel;
using System.Diagnostics;
using TinyQuant.Data.IO;
using TinyQuant.Model;

namespace TinyQuant.Sizing.Publishing;

/// <summary>Runs <c>dotnet</c>, and ends it with everything that it started when that is no longer wanted.</summary>
/// <param name="directory">Where it runs.</param>
internal sealed class Dotnet(string directory)
{
    private const int ShownLines = 20;

    private string Program { get; init; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path
        ? path
        : "dotnet";

    /// <summary>Runs another program in its place, for tests.</summary>
    internal static Dotnet Standing(string program, string directory) => new(directory) { Program = program };

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="IOException">It failed: the message has the command, the exit code and the end of its output;
    /// or it is not there.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public string Run(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var lines = new List<string>();
        using Process process = Start(arguments);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => Kill(process)))
        {
            process.WaitForExit();
        }

        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? string.Join("\n", lines)
            : throw MessageLines.Of(
                message => new IOException(message),
                Invariant($"'dotnet {string.Join(" ", arguments)}' ended with exit code {process.ExitCode}:"),
                lines.TakeLast(ShownLines));

        void Keep(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lock (lines)
                {
                    lines.Add(line);
                }
            }
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        string path = ProgramPath.Find(Program)
            ?? throw new IOException(
                $"'{Program}' cannot be started: there is no such program in PATH. Publishing takes the .NET SDK.");
#pragma warning disable RS0030 // found by its path
        var start = new ProcessStartInfo(path, arguments)
#pragma warning restore RS0030
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node that waits for the next build would stay behind
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"'{Program}' cannot be started: {e.Message}. Publishing takes the .NET SDK.");
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended.
        }
    }
}
