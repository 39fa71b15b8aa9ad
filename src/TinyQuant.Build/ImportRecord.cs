using System.Security.Cryptography;
using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// What an imported model file was made from, by content, in a file beside it: the source's bytes and those of files
/// beside it, the options, the code that imported, and what it wrote. Times say nothing: copies, archives and downloads
/// keep old ones.
/// </summary>
/// <param name="output">The imported model file.</param>
/// <param name="beside">The files beside the source.</param>
internal sealed class ImportRecord(string output, BesideFiles beside)
{
    private const string Extension = ".source";
    private const string Beside = "beside ";

    private readonly string _path = output + Extension;

    /// <summary>
    /// Whether the file was made from these bytes, with these options, by this importer, and is still what it wrote.
    /// </summary>
    public bool IsOf(ReadOnlySpan<byte> source, ImportOptions options)
    {
        if (!File.Exists(output) || !File.Exists(_path))
        {
            return false;
        }

        string written = WholeFile.ReadAllText(_path);
        IEnumerable<string> names = written.Split('\n')
            .Where(l => l.StartsWith(Beside, StringComparison.Ordinal)).Select(l => l[(l.LastIndexOf('/') + 1)..])
            .Select(Uri.UnescapeDataString);
        return written == Text(source, options, WholeFile.ReadAllBytes(output), names);
    }

    /// <summary>Writes down what the file, which has just been written, was made from.</summary>
    public void Write(ReadOnlySpan<byte> source, ImportOptions options) =>
        AtomicFile.WriteAllText(_path, Text(source, options, WholeFile.ReadAllBytes(output), beside.Names));

    /// <summary>Deletes the file and its record: what an older source became must not be compiled.</summary>
    public void Delete()
    {
        Delete(_path);
        Delete(output);
    }

    private string Text(
        ReadOnlySpan<byte> source, ImportOptions options, ReadOnlySpan<byte> written, IEnumerable<string> names)
    {
        IEnumerable<string> settings = SourceSetting.All
            .SelectMany(s => s.TextsOf(options).Select(t => $"{s.Metadata}={t}"));
        return $"""
            source {Hash(source)}
            options {options.Rounding} {options.Name ?? options.DefaultName}
            settings {string.Join(" ", settings)}
            importer {typeof(ModelImporter).Module.ModuleVersionId} {typeof(ModelWriter).Module.ModuleVersionId}
            written {Hash(written)}
            {string.Join("\n", names.Select(Line))}

            """;
    }

    /// <summary>A file beside the source: its bytes, and its path, in which nothing ends a line or a word.</summary>
    private string Line(string name) =>
        $"{Beside}{(beside.Find(name) is { } bytes ? Hash(bytes.Span) : "none")}/{Uri.EscapeDataString(name)}";

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
