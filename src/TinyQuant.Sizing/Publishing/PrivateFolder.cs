using TinyQuant.Data.IO;

namespace TinyQuant.Sizing.Publishing;

/// <summary>
/// A folder to build in. MSBuild, the compiler and NuGet look upwards from a project for files that they obey, some of
/// which run programs; in the system's temporary folder anybody can lay them. What is known to be looked for, the
/// project takes no notice of (<c>SizedProgram</c>), and this is for all that is not known.
/// </summary>
internal static class PrivateFolder
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Prefix = "size-";

    /// <summary>
    /// Makes one that only this user can look into: in the first of the temporary folder and the user's cache that
    /// nobody else can write to, nor to a folder above it. Where neither is so (in a container without a home, say) in
    /// the temporary folder all the same.
    /// </summary>
    public static string Create() => Create([Path.GetTempPath(), Cache()], place => IsPrivate(FilePlace.Of(place)));

    /// <summary>The same with other places.</summary>
    internal static string Create(IEnumerable<string?> places, Func<string, bool> isPrivate)
    {
        foreach (string? place in OperatingSystem.IsWindows() ? [] : places)
        {
            if (place is not null && isPrivate(place)
                && TryCreate(Path.Combine(place, Prefix + Path.GetRandomFileName())) is { } made)
            {
                return made;
            }
        }

        return Directory.CreateTempSubdirectory("tinyquant-" + Prefix).FullName; // on Windows below the user's own
    }

    /// <summary>Whether what is there of a path is this user's or root's, and no other may write to it.</summary>
    /// <param name="path">A path without links.</param>
    internal static bool IsPrivate(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!OperatingSystem.IsWindows() && Directory.Exists(folder)
                && ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0
                    || (FileStatus.OfLink(folder) is { Owner: not 0 } status && status.Owner != FileStatus.User)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TryCreate(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : Directory.CreateDirectory(path, Own).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // a home that cannot be written to
        }
    }

    /// <summary>The user's, as the XDG specification has it; null where there is no home.</summary>
    private static string? Cache()
    {
        string? configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.IsPathRooted(configured) ? Path.Combine(configured, "tinyquant")
            : home.Length > 0 ? Path.Combine(home, ".cache", "tinyquant")
            : null;
    }
}
