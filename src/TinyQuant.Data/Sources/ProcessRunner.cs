using System.ComponentModel;
using System.Diagnostics;
using TinyQuant.Data.IO;

namespace TinyQuant.Data;

/// <summary>Runs programs of this system, found by <c>PATH</c> alone, in the C locale and without a terminal.</summary>
public sealed class ProcessRunner : IProcessRunner
{
    /// <inheritdoc/>
    public async Task<ProcessResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string workingDirectory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = ProgramPath.Find(program)
            ?? throw new FileNotFoundException($"{program}: no such program in PATH", program);
#pragma warning disable RS0030 // found by its path
        var start = new ProcessStartInfo(path, arguments)
#pragma warning restore RS0030
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Start(start, program);
        process.StandardInput.Close();
        try
        {
            // Both pipes are drained, or a talkative program would wait for ever.
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new(process.ExitCode, await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start) ?? throw new FileNotFoundException("It did not start.", program);
        }
        catch (Win32Exception e)
        {
            throw new FileNotFoundException($"{program}: {e.Message}", program, e);
        }
    }
}
