using System.Security.Cryptography;
using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// What an imported model file was made from, by content, in a file beside it: the source's bytes, the options, the
/// code that imported, and what it wrote. Times say nothing: copies, archives and downloads keep old ones.
/// </summary>
/// <param name="output">The imported model file.</param>
internal sealed class ImportRecord(string output)
{
    private const string Extension = ".source";

    private readonly string _path = output + Extension;

    /// <summary>
    /// Whether the file was made from these bytes, with these options, by this importer, and is still what it wrote.
    /// </summary>
    public bool IsOf(ReadOnlySpan<byte> source, ImportOptions options) =>
        File.Exists(output) && File.Exists(_path)
            && WholeFile.ReadAllText(_path) == Text(source, options, WholeFile.ReadAllBytes(output));

    /// <summary>Writes down what the file, which has just been written, was made from.</summary>
    public void Write(ReadOnlySpan<byte> source, ImportOptions options) =>
        AtomicFile.WriteAllText(_path, Text(source, options, WholeFile.ReadAllBytes(output)));

    /// <summary>Deletes the file and its record: what an older source became must not be compiled.</summary>
    public void Delete()
    {
        Delete(_path);
        Delete(output);
    }

    private static string Text(ReadOnlySpan<byte> source, ImportOptions options, ReadOnlySpan<byte> written) =>
        $"""
        source {Hash(source)}
        options {options.Rounding} {options.Name ?? options.DefaultName}
        shapes {string.Join(" ", options.Shapes.Select(s => s.ToString()))}
        signature {options.Signature}
        importer {typeof(ModelImporter).Module.ModuleVersionId} {typeof(ModelWriter).Module.ModuleVersionId}
        written {Hash(written)}

        """;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
