namespace TinyQuant.Data;

/// <summary>What stands in a directory of pictures and is none: counted, and told.</summary>
/// <param name="directory">The directory.</param>
internal sealed class PassedOver(string directory)
{
    private const int Shown = 5;

    // What systems and programs put beside files without being asked.
    private static readonly string[] s_system =
        ["__MACOSX", "__pycache__", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found", "Thumbs.db",
            "ehthumbs.db", "desktop.ini", "Icon\r"];

    private readonly List<string> _files = [];
    private readonly List<string> _beside = [];
    private readonly List<string> _empty = [];
    private readonly List<string> _inner = [];

    /// <summary>Whether a file or folder is hidden, or one that a system or program has put there for itself.</summary>
    public static bool IsOfTheSystem(string path)
    {
        string name = Path.GetFileName(path);
        return name.StartsWith('.') || s_system.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A file of a class that is no picture.</summary>
    public void File(string path) =>
        _files.Add(Path.GetExtension(path) is { Length: > 0 } extension
            ? extension.ToLowerInvariant()
            : Path.GetFileName(path));

    /// <summary>A file beside the folders of the classes.</summary>
    public void Beside(string path) => _beside.Add(Path.GetFileName(path));

    /// <summary>A folder that has no picture.</summary>
    public void Empty(string folder) => _empty.Add(Path.GetFileName(folder));

    /// <summary>A folder in that of a class.</summary>
    public void Inner(string folder) => _inner.Add(Path.GetRelativePath(directory, folder));

    /// <summary>What was passed over; null where that was nothing.</summary>
    public string? Describe()
    {
        List<string> parts = [];
        if (_files.Count > 0)
        {
            parts.Add(
                $"{Count(_files.Count, "file")} that {(_files.Count == 1 ? "is no picture" : "are no pictures")} "
                    + "of a kind that is read "
                + $"({string.Join(", ", _files.GroupBy(f => f, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(Shown).Select(g => Invariant($"{g.Count()} {g.Key}")))})");
        }

        Add(parts, _beside, "file", "beside the folders of the classes");
        Add(parts, _empty, "folder", "without a picture");
        Add(parts, _inner, "folder", "in those of the classes");
        return parts.Count == 0 ? null : $"{directory}: passed over {string.Join("; ", parts)}.";
    }

    private static void Add(List<string> parts, List<string> names, string noun, string where)
    {
        if (names.Count > 0)
        {
            parts.Add(
                $"{Count(names.Count, noun)} {where} "
                    + $"({string.Join(", ", names.Order(StringComparer.Ordinal).Take(Shown))}{(names.Count > Shown ? ", …" : "")})");
        }
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : Invariant($"{count} {noun}s");
}
