namespace TinyQuant.Data.IO;

/// <summary>Files that a model refers to, which lie beside it.</summary>
internal sealed class BesideFiles
{
    private const int MostLinks = 40; // as Linux has it

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
        ReadOnlyMemory<byte>? bytes = Find(path);
        if (bytes is not null && !_read.Contains(path))
        {
            _read.Add(path);
        }

        return bytes;
    }

    /// <summary>The same without counting it among <see cref="Names"/>.</summary>
    /// <inheritdoc cref="Read"/>
    public ReadOnlyMemory<byte>? Find(string path)
    {
        string full = Resolved(Path.GetFullPath(Path.Combine(_folder, path)));
        string folder = Path.TrimEndingDirectorySeparator(_folder) + Path.DirectorySeparatorChar;
        return full.StartsWith(folder, StringComparison.Ordinal) && File.Exists(full)
            ? (ReadOnlyMemory<byte>?)WholeFile.ReadAllBytes(full)
            : null;
    }

    /// <summary>A path all of whose links are followed, and those of the paths that these lead to.</summary>
    /// <exception cref="IOException">They lead round in circles.</exception>
    private static string Resolved(string path, int links = 0)
    {
        string resolved = Path.GetPathRoot(path)!;
        foreach (string part in path[resolved.Length..]
            .Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            resolved = Path.Combine(resolved, part);
            var info = new FileInfo(resolved);
            if (info.LinkTarget is null)
            {
                continue;
            }

            resolved = links < MostLinks
                ? Resolved(info.ResolveLinkTarget(returnFinalTarget: false)!.FullName, links + 1)
                : throw new IOException(FormattableString.Invariant($"'{path}' leads through more than {MostLinks} links."));
        }

        return resolved;
    }
}
