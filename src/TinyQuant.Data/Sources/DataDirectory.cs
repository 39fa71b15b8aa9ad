using System.Collections.Immutable;

namespace TinyQuant.Data;

/// <summary>A directory with a data set's files, plain or compressed.</summary>
internal static class DataDirectory
{
    /// <summary>The path of a file in a directory, compressed before plain; null where it has neither.</summary>
    /// <remarks>Compressed first: what is fetched is kept so, and must win over a damaged plain file.</remarks>
    public static string? Find(string directory, KnownFile file) =>
        new[] { file.CompressedName, file.Name }
            .Select(name => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Reads a directory that the user named.</summary>
    /// <param name="directory">Looked into after its subdirectory of the data set's name.</param>
    /// <param name="known">The data set that is wanted.</param>
    /// <param name="all">Data sets to recognize: the names of the files are the same for all of them.</param>
    /// <returns>What is there, perhaps another of <paramref name="all"/>; null where none of the files is.</returns>
    /// <exception cref="FileNotFoundException">Only some of the files are there.</exception>
    /// <exception cref="InvalidDataException">A file is wrong; the message names it.</exception>
    public static FoundDataSet? Load(string directory, KnownDataSet known, ImmutableArray<KnownDataSet> all) =>
        LoadFlat(Path.Combine(directory, known.Name), known, all) ?? LoadFlat(directory, known, all);

    /// <summary>Reads a file and compares it with what it has to be.</summary>
    /// <exception cref="InvalidDataException">It is another; the message names it.</exception>
    public static IdxContent ReadVerified(string path, KnownFile file)
    {
        var content = IdxContent.Read(path, file.Kind);
        Verify(content, file);
        return content;
    }

    /// <exception cref="InvalidDataException">It is not that file; the message names it.</exception>
    public static void Verify(IdxContent content, KnownFile file)
    {
        if (content.Sha256 != file.Sha256)
        {
            throw new InvalidDataException(
                $"{content.File}: the SHA-256 of its content is {content.Sha256}, expected {file.Sha256}.");
        }
    }

    /// <summary>The names of the files, for a message.</summary>
    public static string DescribeFiles(KnownDataSet known) =>
        string.Join(", ", known.Files.Select(file => file.Name)) + " (each plain or .gz)";

    private static FoundDataSet? LoadFlat(string directory, KnownDataSet known, ImmutableArray<KnownDataSet> all)
    {
        ImmutableArray<string?> paths = [.. known.Files.Select(file => Find(directory, file))];
        int missing = paths.IndexOf(null);
        if (missing >= 0)
        {
            return paths.All(path => path is null)
                ? null
                : throw new FileNotFoundException(
                    $"{directory}: {known.Files[missing].Name} is missing, expected {DescribeFiles(known)}.");
        }

        ImmutableArray<IdxContent> contents =
            [.. known.Files.Select((file, i) => IdxContent.Read(paths[i]!, file.Kind))];
        KnownDataSet? found = all.Prepend(known).FirstOrDefault(
            set =>
                set.Files.Select(file => file.Sha256)
                    .SequenceEqual(contents.Select(content => content.Sha256), StringComparer.Ordinal));
        if (found is null)
        {
            for (int i = 0; i < contents.Length; i++)
            {
                Verify(contents[i], known.Files[i]);
            }
        }

        return new(found!, contents, $"directory {directory}");
    }
}
