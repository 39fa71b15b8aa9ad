namespace TinyQuant.Data.IO;

/// <summary>Whether two paths are one file.</summary>
internal static class FileIdentity
{
    /// <summary>
    /// Whether they lead to one place, or to one file by two names: hard links, a folder that is mounted twice, letters
    /// of another case where a file system takes them for the same.
    /// </summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static bool AreSame(string first, string second)
    {
        string a = FilePlace.Of(first);
        string b = FilePlace.Of(second);
        return a == b
            || (FileStatus.Of(a) is { } status && FileStatus.Of(b) is { } other
                && (status.Device, status.Node) == (other.Device, other.Node))
            || (!OperatingSystem.IsLinux() && a.Equals(b, StringComparison.OrdinalIgnoreCase) && !AreBothListed(a, b));
    }

    /// <summary>Whether a path is in a directory, or in one below it, when all links are followed.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static bool IsBelow(string path, string directory) =>
        FilePlace.Of(path).StartsWith(
            Path.TrimEndingDirectorySeparator(FilePlace.Of(directory)) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);

    /// <summary>Whether a path names a link, itself and not by a directory above it.</summary>
    public static bool IsLink(string path) => new FileInfo(Path.GetFullPath(path)).LinkTarget is not null;

    /// <summary>Two files whose names differ by case, where that makes two files.</summary>
    private static bool AreBothListed(string a, string b) =>
        Path.GetDirectoryName(a) is { } directory && directory == Path.GetDirectoryName(b)
        && Directory.Exists(directory)
        && Directory.EnumerateFileSystemEntries(directory).Count(entry => entry == a || entry == b) == 2;
}
