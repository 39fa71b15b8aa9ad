using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Tool.Output;

namespace TinyQuant.Tool.Files;

/// <summary>Model files of other programs' formats on the command line.</summary>
internal static class ImportedFiles
{
    /// <summary>The graph of a file. Where it has several signatures, says on the screen which one it is.</summary>
    /// <param name="importer">Of its format.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What the file leaves open; without a name the model has that of the metadata, or of the
    /// file.</param>
    /// <exception cref="InvalidDataException">It cannot be imported; the message has a line for each error.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ValidGraph Read(ModelImporter importer, string path, ImportOptions options)
    {
        ModelFiles.RequireFile(path);
        RequireSettings(path, options);
        ImportResult result = importer.Import(
            WholeFile.ReadAllBytes(path), options with
            {
                DefaultName = Path.GetFileNameWithoutExtension(path),
                ExternalData = new BesideFiles(Path.GetDirectoryName(Path.GetFullPath(path))!).Read,
            });
        if (result.Signature is { } signature && options.Signature is null)
        {
            Screen.Notice($"'{path}': {signature}; import, inspect and verify take another one by --signature NAME");
        }

        return result.Valid ?? throw MessageLines.Of(
            message => new InvalidDataException(message), $"'{path}' cannot be imported:",
            result.Errors.Select(e => $"{path}: {e}"));
    }

    /// <summary>Refuses what is said of a file whose format does not leave it open: it would have no effect.</summary>
    /// <exception cref="ArgumentException">An option is for other files.</exception>
    public static void RequireSettings(string path, ImportOptions? options)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (options is not null && SourceSetting.All.FirstOrDefault(s => s.TextsOf(options).Any()
            && !s.Extensions.Contains(extension, StringComparer.Ordinal)) is { } setting)
        {
            throw new ArgumentException(
                $"{setting.Option} is for {string.Join(" and ", setting.Extensions)} files, and '{path}' is none.");
        }
    }
}
