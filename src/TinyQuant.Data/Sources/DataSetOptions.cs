using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>Where <see cref="DataSetLoader"/> looks. The defaults are the user's; tests name their own.</summary>
public sealed record DataSetOptions
{
    /// <summary>The environment variable that names a directory of data.</summary>
    public const string EnvironmentVariable = "TINYQUANT_DATA";

    /// <summary>A directory given on the command line: only there is looked. Null for none.</summary>
    /// <remarks>
    /// The files, plain or <c>.gz</c>, are in the directory or in one below it that is named after the data set.
    /// </remarks>
    public string? Directory { get; init; }

    /// <summary>The directory that <c>TINYQUANT_DATA</c> names; null for none.</summary>
    public string? EnvironmentDirectory { get; init; } =
        Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } directory ? directory : null;

    /// <summary>Where what was fetched is kept, in one directory for each data set.</summary>
    public string CacheDirectory { get; init; } = DefaultCacheDirectory();

    /// <summary>Where Debian and Raspberry Pi OS install data sets.</summary>
    public string SystemDirectory { get; init; } = "/" + AptPackage.InstalledIn;

    /// <summary>Whether the network may be used, by download or by apt.</summary>
    public bool AllowNetwork { get; init; } = true;

    /// <summary>Sends the requests of a download; null for a handler of its own.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Runs <c>apt-get</c> and <c>dpkg-deb</c>.</summary>
    public IProcessRunner ProcessRunner { get; init; } = new ProcessRunner();

    /// <summary>How long a mirror may take to connect. Short, since without a network each of them takes it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a mirror may stay silent, before its answer and within it.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long <c>apt-get</c> and <c>dpkg-deb</c> may take together.</summary>
    public TimeSpan PackageTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The form of the procedural data set.</summary>
    public StrokeOptions Strokes { get; init; } = new();

    internal ImmutableArray<KnownDataSet> KnownSets { get; init; } = KnownDataSets.All;

    /// <summary><c>$XDG_CACHE_HOME/tinyquant</c>, or <c>~/.cache/tinyquant</c>.</summary>
    private static string DefaultCacheDirectory()
    {
        // The XDG specification has relative values ignored.
        string? configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(configured))
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            configured = home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
        }

        return Path.Combine(configured, "tinyquant");
    }
}
