namespace TinyQuant.Data.IO;

/// <summary>Files that a model refers to, which lie beside it.</summary>
internal sealed class BesideFiles
{
    private readonly string _folder;
    private readonly List<string> _read = [];

    /// <summary>The files of a folder.</summary>
    /// <param name="folder">Where the model is.</param>
    public BesideFiles(string folder) => _folder = Resolved(Path.GetFullPath(folder));

    /// <summary>The paths that were read, each once, relative to the folder.</summary>
    public IReadOnlyList<string> Names => _read;

    /// <summary>
    /// The bytes of a file; null where there is none below the folder, links being resolved: a model that was
    /// downloaded does not read other places.
    /// </summary>
    /// <param name="path">Relative to the folder.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        string full = Resolved(Path.GetFullPath(Path.Combine(_folder, path)));
        string folder = Path.TrimEndingDirectorySeparator(_folder) + Path.DirectorySeparatorChar;
        if (!full.StartsWith(folder, StringComparison.Ordinal) || !File.Exists(full))
        {
            return null;
        }

        if (!_read.Contains(path))
        {
            _read.Add(path);
        }

        return WholeFile.ReadAllBytes(full);
    }

    /// <summary>A path all of whose links are followed.</summary>
    private static string Resolved(string path)
    {
        string root = Path.GetPathRoot(path)!;
        string resolved = root;
        foreach (string part in path[root.Length..].Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            resolved = Path.Combine(resolved, part);
            FileSystemInfo info = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            resolved = info.Exists && info.ResolveLinkTarget(returnFinalTarget: true) is { } target
                ? target.FullName
                : resolved;
        }

        return resolved;
    }
}
