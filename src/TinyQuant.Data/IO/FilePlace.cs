namespace TinyQuant.Data.IO;

/// <summary>Where a path leads, link by link.</summary>
internal static class FilePlace
{
    private const int MaxLinks = 40; // as Linux

    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether it is written to as it is: a device, a pipe or a terminal, which cannot be replaced.</summary>
    /// <param name="place">A path without links.</param>
    public static bool IsDevice(string place) =>
        IsInDev(place) || FileStatus.OfLink(place) is { Kind: not (FileStatus.Regular or FileStatus.Directory) };

    /// <summary>The place behind all links, of folders above too, whether there is a file or not.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path) => Follow(path, null);

    /// <summary>
    /// The place behind all links, if they may be followed for writing. Anybody can lay a link into a folder that all
    /// may write to, such as the system's temporary one, under the name of a file that is expected there. So in such a
    /// folder, and in folders of other users below it, only links of this user, of root and of the folder's own owner
    /// are followed. Linux has the same rule for folders with the sticky bit (fs.protected_symlinks), where it is
    /// turned on; a program that reads links itself does not come under it. Where no owner can be known, which is so
    /// on other systems than Linux, none is followed there.
    /// </summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">A link may not be followed.</exception>
    public static string ForWriting(string path) => Follow(path, link =>
    {
        if (IsForeign(link))
        {
            throw new UnauthorizedAccessException(
                $"'{link}' is a link in a folder that all may write to, and not of this user; "
                + "expected a file, or the path that it leads to.");
        }
    });

    /// <summary>Whether another user can have laid a file or link, by the rule of <see cref="ForWriting"/>.</summary>
    /// <param name="file">A path without links above its last part.</param>
    public static bool IsForeign(string file) => !OperatingSystem.IsWindows() && !MayFollow(
        FileStatus.OfLink(file)?.Owner,
        FileStatus.User,
        [.. Shared(Path.GetDirectoryName(file)).Select(folder => FileStatus.OfLink(folder)?.Owner)]);

    /// <summary>The rule of <see cref="ForWriting"/>.</summary>
    /// <param name="link">The link's owner; null where that is not known.</param>
    /// <param name="user">Who follows it.</param>
    /// <param name="folders">The owners of folders above it that all may write to.</param>
    internal static bool MayFollow(uint? link, uint? user, IReadOnlyCollection<uint?> folders) =>
        folders.Count == 0 || (link is { } owner && (owner == 0 || owner == user || folders.All(f => f == owner)));

    /// <summary>The folders that all may write to, up to one into which only this user or root can write.</summary>
    private static IEnumerable<string> Shared(string? folder)
    {
        for (; folder is not null && !OperatingSystem.IsWindows(); folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0)
            {
                yield return folder;
            }
            else if (FileStatus.OfLink(folder) is { } status && (status.Owner == 0 || status.Owner == FileStatus.User))
            {
                yield break;
            }
        }
    }

    /// <summary>Tells <paramref name="onLink"/> of each link, with no other above it in its path.</summary>
    private static string Follow(string path, Action<string>? onLink)
    {
        string full = Path.GetFullPath(path);
        string at = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Names(full[at.Length..]));
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            string next = name == ".." ? Path.GetDirectoryName(at) ?? at : Path.Combine(at, name);
            // Those of /dev and /proc lead to what is no path, as /dev/stdout does to a pipe.
            if (IsInDev(next) || next.StartsWith("/proc/", StringComparison.Ordinal)
                || new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"'{path}' is a link that leads in a circle; expected one that leads to a file.");
            }

            onLink?.Invoke(next);
            string root = Path.GetPathRoot(target)!;
            at = Path.GetFullPath(root, at);
            foreach (string step in Names(target[root.Length..]))
            {
                rest.Push(step);
            }
        }

        return at;
    }

    /// <summary>The last one first.</summary>
    private static IEnumerable<string> Names(string path) =>
        path.Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".").Reverse();

    /// <summary>/dev/shm is a folder as others are.</summary>
    private static bool IsInDev(string path) => path.StartsWith("/dev/", StringComparison.Ordinal)
        && path != "/dev/shm" && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
