using System.ComponentModel;
using System.Diagnostics;

namespace TinyQuant.Tests;

/// <summary>What a program answered.</summary>
internal sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end, and kills it where it hangs: see <see cref="HangGuard"/>.</summary>
    /// <param name="program">A path or a name.</param>
    /// <param name="arguments">As they are, without a shell.</param>
    /// <param name="input">Standard input; nothing by default.</param>
    /// <param name="environment">Variables that are set or, with null, removed.</param>
    /// <param name="onOutput">Told each line of output as it comes.</param>
    public static async Task<ProcessRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        byte[]? input = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Action<Process, string>? onOutput = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"'{program}' did not start.");
        using CancellationTokenSource timeout = HangGuard.Source();
        try
        {
            Task<string> output = ReadAsync(process, onOutput, timeout.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            await FeedAsync(process, input ?? []);
            await process.WaitForExitAsync(timeout.Token);
            return new ProcessRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"'{program} {string.Join(' ', arguments)}' did not end within {HangGuard.Time}.");
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task<string> ReadAsync(
        Process process, Action<Process, string>? onOutput, CancellationToken cancellation)
    {
        var text = new System.Text.StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            text.Append(line).Append('\n');
            onOutput?.Invoke(process, line);
        }

        return text.ToString();
    }

    private static async Task FeedAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }
    }
}
