using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>A format of other programs that models are imported from.</summary>
public sealed class ModelImporter
{
    private readonly Func<ReadOnlyMemory<byte>, ImportOptions?, ImportResult> _import;
    private readonly Func<ReadOnlyMemory<byte>, bool> _recognizes;

    private ModelImporter(
        string format, string extension, Func<ReadOnlyMemory<byte>, ImportOptions?, ImportResult> import,
        Func<ReadOnlyMemory<byte>, bool> recognizes)
    {
        Format = format;
        Extension = extension;
        _import = import;
        _recognizes = recognizes;
    }

    /// <summary>All of them, one for each extension.</summary>
    public static IReadOnlyList<ModelImporter> All { get; } =
    [
        new("TensorFlow Lite", TfliteImporter.Extension, TfliteImporter.Import, TfliteImporter.Recognizes),
        new("ONNX", OnnxImporter.Extension, OnnxImporter.Import, OnnxReader.Recognizes),
    ];

    /// <summary>The format's name, for people.</summary>
    public string Format { get; }

    /// <summary>What files of the format end in, with the point, in lower case.</summary>
    public string Extension { get; }

    /// <summary>
    /// The importer of a file by its name, whatever the case of its extension; null where there is none.
    /// </summary>
    /// <param name="path">The file; it need not exist.</param>
    public static ModelImporter? ByName(string path) =>
        All.FirstOrDefault(i => Path.GetExtension(path).Equals(i.Extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The importer of a file by its first bytes; null where there is none.</summary>
    /// <param name="start">The beginning of the file, or all of it.</param>
    public static ModelImporter? ByContent(ReadOnlyMemory<byte> start) => All.FirstOrDefault(i => i._recognizes(start));

    /// <summary>
    /// Reads a file of the format. It never throws, whatever the bytes: what is damaged, and what a model file cannot
    /// represent, is an error. The same bytes give the same graph.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="options">The name and rounding of the model.</param>
    /// <returns>The graph, valid by <see cref="GraphValidator"/>, or all errors.</returns>
    public ImportResult Import(ReadOnlyMemory<byte> file, ImportOptions? options = null) => _import(file, options);
}
