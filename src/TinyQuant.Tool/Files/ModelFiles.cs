using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Tool.Files;

/// <summary>Model files of the command line.</summary>
internal static class ModelFiles
{
    private const int ShownErrors = 10;

    /// <summary>What names of model files end in: those of importers, and of our own format.</summary>
    public static IEnumerable<string> Extensions => ModelImporter.All.Select(i => i.Extension).Append(".tqm");

    /// <summary>The graph of a file.</summary>
    /// <exception cref="InvalidDataException">It is not a model; the message has a line for each error, with its
    /// position.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Graph Read(string path)
    {
        ModelReadResult result = ModelReader.Read(ReadText(path));
        return result.Graph ?? throw NotAModel(path, result.Errors.Select(e => e.ToString()));
    }

    /// <summary>The graph of a .tqm file, or of one of another format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rounding">The rounding to take in place of the file's own; null for that.</param>
    /// <param name="options">What a file of another format leaves open.</param>
    /// <exception cref="InvalidDataException">It is not a model; the message has a line for each error.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Graph Load(string path, Rounding? rounding, ImportOptions? options = null)
    {
        if (ModelImporter.ByName(path) is { } importer)
        {
            return ImportedFiles.Read(
                importer, path, (options ?? new ImportOptions()) with { Rounding = rounding ?? Rounding.Double });
        }

        ImportedFiles.RequireSettings(path, options);
        Graph graph = Read(path);
        return rounding is { } other ? graph with { Rounding = other } : graph;
    }

    /// <summary>
    /// The text of a .tqm file as it is, so that an error has its line, or of what a file of another format is imported
    /// to.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What a file of another format leaves open.</param>
    /// <exception cref="InvalidDataException">It cannot be imported; the message has a line for each error.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Text(string path, ImportOptions? options = null) =>
        ModelImporter.ByName(path) is { } importer
        ? ModelWriter.Write(ImportedFiles.Read(importer, path, options ?? new ImportOptions()))
        : OwnText(path, options);

    /// <summary>Refuses what is no file, by what it is.</summary>
    /// <exception cref="FileNotFoundException">It is a directory, or nothing.</exception>
    public static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                Directory.Exists(path)
                    ? $"'{path}' is a directory; expected a model file."
                    : $"there is no model file '{path}'.");
        }
    }

    private static string OwnText(string path, ImportOptions? options)
    {
        ImportedFiles.RequireSettings(path, options);
        return ReadText(path);
    }

    private static string ReadText(string path)
    {
        RequireFile(path);
        byte[] bytes = WholeFile.ReadAllBytes(path);
        return ModelImporter.ByContent(bytes) is { } importer
            ? throw new InvalidDataException($"'{path}' is a {importer.Format} model; expected a .tqm file, "
                + $"or one whose name ends in {importer.Extension} where the command takes such.")
            : WholeFile.TextOf(bytes);
    }

    /// <summary>A line for each error: the file, the position, and what was expected.</summary>
    public static InvalidDataException NotAModel(string path, IEnumerable<string> errors) => MessageLines.Of(
        message => new InvalidDataException(message), $"'{path}' is not a model that can be used:",
        errors.Take(ShownErrors).Select(e => $"{path}{e}"));
}
