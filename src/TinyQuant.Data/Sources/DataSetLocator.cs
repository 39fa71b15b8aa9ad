using System.Collections.Immutable;
using TinyQuant.Data.IO;

namespace TinyQuant.Data;

/// <summary>Finds a published data set: the user's directories, the cache, the system, the network.</summary>
internal sealed class DataSetLocator(DataSetOptions options, IProgress<DataProgress>? progress)
{
    private readonly List<string> _notes = [];

    /// <summary>What was passed over and why, in the order it happened.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Looks for a data set in the directories that the user named.</summary>
    /// <returns>The data set, or null where <c>TINYQUANT_DATA</c> has none of its files.</returns>
    /// <exception cref="DirectoryNotFoundException">The directory on the command line does not exist.</exception>
    /// <exception cref="FileNotFoundException">It lacks files, or either directory lacks some of them.</exception>
    /// <exception cref="InvalidDataException">A file is wrong; the message names it.</exception>
    public FoundDataSet? FindGiven(KnownDataSet known)
    {
        FoundDataSet? found = FindGiven([known]);
        if (found is null || found.Known == known)
        {
            return found;
        }

        string other = $"{found.Files[0].File}: this is {found.Known.Title}, expected {known.Title}";
        if (options.Directory is not null)
        {
            throw new InvalidDataException($"{other}; ask for '{found.Known.Name}' or name another directory.");
        }

        // Not damaged, and the variable may be set for another run: no reason to refuse what can be had elsewhere.
        _notes.Add($"{DataSetOptions.EnvironmentVariable}: {other}.");
        return null;
    }

    /// <summary>Looks for any known data set in the directories that the user named.</summary>
    /// <inheritdoc cref="FindGiven(KnownDataSet)"/>
    public FoundDataSet? FindGivenAny() => FindGiven(options.KnownSets);

    /// <summary>Looks into the cache and the system, and fetches what is missing.</summary>
    /// <exception cref="DataSetUnavailableException">It is in none of the places.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<FoundDataSet> FetchAsync(KnownDataSet known, CancellationToken cancellationToken)
    {
        string cache = Path.Combine(options.CacheDirectory, known.Name);
        if (ReadAll(cache, known) is { } cached)
        {
            return new(known, cached, $"cache {cache}");
        }

        if (known.DebianPackage is { } package)
        {
            string installed = Path.Combine(options.SystemDirectory, known.Name);
            if (ReadAll(installed, known) is { } system)
            {
                return new(known, system, $"package {package} in {installed}");
            }
        }

        try
        {
            if (!options.AllowNetwork)
            {
                throw new DataSetUnavailableException("the network is not to be used");
            }

            return known.DebianPackage is null
                ? await DownloadAsync(known, cache, cancellationToken).ConfigureAwait(false)
                : await AptPackage.FetchAsync(
                    known,
                    options,
                    unpacked => TakeUnpacked(unpacked, known, cache, cancellationToken),
                    cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (e is DataSetUnavailableException or InvalidDataException)
        {
            string advice = known.DebianPackage is { } name ? $"Install the package {name}, or put" : "Put";
            throw new DataSetUnavailableException(
                $"{known.Title} is not in {cache} and cannot be fetched: {e.Message.TrimEnd('.')}. {advice} "
                + $"{DataDirectory.DescribeFiles(known)} into a directory and name it with --data or "
                + $"{DataSetOptions.EnvironmentVariable}.");
        }
    }

    private FoundDataSet? FindGiven(ImmutableArray<KnownDataSet> wanted)
    {
        if (options.Directory is { } given)
        {
            if (!Directory.Exists(given))
            {
                throw new DirectoryNotFoundException($"{given}: no such directory.");
            }

            return Load(given, wanted) ?? throw new FileNotFoundException(
                $"{given}: no data, expected {DataDirectory.DescribeFiles(wanted[0])}.");
        }

        if (options.EnvironmentDirectory is not { } directory)
        {
            return null;
        }

        FoundDataSet? found = Load(directory, wanted);
        if (found is null)
        {
            _notes.Add($"{DataSetOptions.EnvironmentVariable}: {directory} has no files of {wanted[0].Title}.");
        }

        return found;
    }

    private FoundDataSet? Load(string directory, ImmutableArray<KnownDataSet> wanted) =>
        wanted.Select(known => DataDirectory.Load(directory, known, options.KnownSets))
            .FirstOrDefault(found => found is not null);

    private async Task<FoundDataSet> DownloadAsync(
        KnownDataSet known, string cache, CancellationToken cancellationToken)
    {
        using var download = new MirrorDownload(options, progress);
        var contents = ImmutableArray.CreateBuilder<IdxContent>();
        SortedSet<string> hosts = [];
        foreach (KnownFile file in known.Files)
        {
            // Read again, though ReadAll has failed: an interrupted download goes on with the files it lacks.
            IdxContent? content = TryRead(cache, file, note: false);
            if (content is null)
            {
                DownloadedFile fetched =
                    await download.FetchAsync(known, file, cancellationToken).ConfigureAwait(false);
                content = fetched.Content;
                hosts.Add(fetched.Address.Host);
                Keep(Path.Combine(cache, file.CompressedName), fetched.Bytes, cancellationToken);
            }

            contents.Add(content);
        }

        return new(known, contents.ToImmutable(), $"downloaded from {string.Join(" and ", hosts)} into {cache}");
    }

    private FoundDataSet TakeUnpacked(
        string unpacked, KnownDataSet known, string cache, CancellationToken cancellationToken)
    {
        var contents = ImmutableArray.CreateBuilder<IdxContent>();
        foreach (KnownFile file in known.Files)
        {
            string path = DataDirectory.Find(unpacked, file)
                ?? throw new DataSetUnavailableException($"the package {known.DebianPackage} has no {file.Name}");
            contents.Add(DataDirectory.ReadVerified(path, file));
            Keep(Path.Combine(cache, Path.GetFileName(path)), WholeFile.ReadAllBytes(path), cancellationToken);
        }

        return new(known, contents.ToImmutable(), $"package {known.DebianPackage}, unpacked into {cache}");
    }

    private ImmutableArray<IdxContent>? ReadAll(string directory, KnownDataSet known)
    {
        IdxContent?[] contents = [.. known.Files.Select(file => TryRead(directory, file, note: true))];
        return contents.Contains(null) ? null : [.. contents.Select(content => content!)];
    }

    private IdxContent? TryRead(string directory, KnownFile file, bool note)
    {
        try
        {
            return DataDirectory.Find(directory, file) is { } path ? DataDirectory.ReadVerified(path, file) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            if (note)
            {
                _notes.Add($"Not used, to be fetched again: {e.Message}");
            }

            return null;
        }
    }

    private void Keep(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            AtomicFile.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The data is whole and in memory: a full or read-only disk only costs another download next time.
            _notes.Add($"Not kept for the next time: {e.Message}");
        }
    }
}
