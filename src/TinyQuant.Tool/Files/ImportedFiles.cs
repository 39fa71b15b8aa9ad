using System.Collections.Immutable;
using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Tool.Files;

/// <summary>Model files of other programs' formats on the command line.</summary>
internal static class ImportedFiles
{
    /// <summary>The graph of a file.</summary>
    /// <param name="importer">Of its format.</param>
    /// <param name="path">The file.</param>
    /// <param name="rounding">Of the model.</param>
    /// <param name="name">Of the model; null for that of the metadata, or of the file.</param>
    /// <param name="shapes">Of inputs whose dimensions the file leaves open.</param>
    /// <exception cref="InvalidDataException">It cannot be imported; the message has a line for each error.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ValidGraph Read(
        ModelImporter importer, string path, Rounding rounding, string? name = null,
        ImmutableArray<InputShape>? shapes = null)
    {
        ModelFiles.RequireFile(path);
        ImportResult result = importer.Import(WholeFile.ReadAllBytes(path), new ImportOptions
        {
            Name = name,
            DefaultName = Path.GetFileNameWithoutExtension(path),
            Rounding = rounding,
            Shapes = shapes ?? [],
        });
        return result.Valid ?? throw MessageLines.Of(
            message => new InvalidDataException(message), $"'{path}' cannot be imported:",
            result.Errors.Select(e => $"{path}: {e}"));
    }
}
