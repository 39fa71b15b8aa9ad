using TinyQuant.Data.IO;

namespace TinyQuant.Data;

/// <summary>Writes plain IDX files, which programs without a gzip reader can take.</summary>
public static class IdxWriter
{
    /// <summary>Writes <c>{prefix}-images-idx3-ubyte</c> and <c>{prefix}-labels-idx1-ubyte</c>.</summary>
    /// <remarks>Each file appears whole or not at all, and the labels come last.</remarks>
    /// <param name="images">What to write.</param>
    /// <param name="directory">Where; created where it is missing.</param>
    /// <param name="prefix"><c>train</c> or <c>t10k</c>, as MNIST names its halves.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be written to.</exception>
    public static void Write(LabelledImages images, string directory, string prefix)
    {
        string[] names = Names(prefix);
        WriteFile(
            Path.Combine(directory, names[0]),
            new(IdxKind.Images, images.Count, images.Rows, images.Columns),
            images.Pixels);
        WriteFile(
            Path.Combine(directory, names[1]),
            new(IdxKind.Labels, images.Count, 1, 1),
            images.Labels);
    }

    /// <summary>What <see cref="Write"/> calls its files.</summary>
    internal static string[] Names(string prefix) => [$"{prefix}-images-idx3-ubyte", $"{prefix}-labels-idx1-ubyte"];

    private static void WriteFile(string path, IdxHeader header, ReadOnlyMemory<byte> payload) =>
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.ToBytes());
            stream.Write(payload.Span);
        });
}
