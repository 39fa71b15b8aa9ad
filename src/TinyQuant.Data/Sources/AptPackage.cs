using System.Globalization;

namespace TinyQuant.Data;

/// <summary>
/// Fetches the package that carries a data set with <c>apt-get download</c> and unpacks it with <c>dpkg-deb</c>.
/// Neither needs root, and nothing gets installed.
/// </summary>
internal static class AptPackage
{
    /// <summary>Where packages put data sets, below the root.</summary>
    public const string InstalledIn = "usr/share/datasets";

    /// <summary>Fetches and unpacks, and lets <paramref name="use"/> see the files before they go.</summary>
    /// <exception cref="DataSetUnavailableException">There is no apt, or it failed; the message tells why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public static async Task<T> FetchAsync<T>(
        KnownDataSet known, DataSetOptions options, Func<string, T> use, CancellationToken cancellationToken)
    {
        string package = known.DebianPackage!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.PackageTimeout);
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("tinyquant-apt-");
        try
        {
            string[] download =
            [
                "-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10",
                "download", package,
            ];
            await RunAsync(options, "apt-get", download, temporary.FullName, limit.Token).ConfigureAwait(false);
            string archive = Directory.EnumerateFiles(temporary.FullName, "*.deb").FirstOrDefault()
                ?? throw new DataSetUnavailableException($"apt-get download {package} left no .deb file");
            string unpacked = Path.Combine(temporary.FullName, "unpacked");
            await RunAsync(options, "dpkg-deb", ["-x", archive, unpacked], temporary.FullName, limit.Token)
                .ConfigureAwait(false);
            return use(Path.Combine(unpacked, InstalledIn, known.Name));
        }
        catch (FileNotFoundException e) when (e.FileName is "apt-get" or "dpkg-deb")
        {
            throw new DataSetUnavailableException(
                $"{e.FileName} is not there to fetch the package {package} of Debian and Raspberry Pi OS");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DataSetUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"fetching the package {package} took longer than {options.PackageTimeout.TotalSeconds} s"));
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(
        DataSetOptions options, string program, string[] arguments, string directory, CancellationToken token)
    {
        ProcessResult result = await options.ProcessRunner.RunAsync(program, arguments, directory, token)
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            string[] lines = result.Error.Split(
                '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            // apt-get starts its errors with "E:" and warns a lot before them.
            string reason = lines.FirstOrDefault(line => line.StartsWith("E:", StringComparison.Ordinal))
                ?? lines.FirstOrDefault()
                ?? "no message";
            string hint = reason.Contains("Unable to locate", StringComparison.Ordinal)
                ? " (apt-get update, as root, may help)"
                : "";
            throw new DataSetUnavailableException(
                Invariant($"{program} ended with exit code {result.ExitCode}: {reason}{hint}"));
        }
    }
}
