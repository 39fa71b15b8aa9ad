using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;

namespace TinyQuant.Import.Tflite.Schema;

/// <summary>
/// Reads name and description of the model from the metadata that TensorFlow Lite's tools attach: a flatbuffer in a
/// buffer (<c>tensorflow_lite_support/metadata/metadata_schema.fbs</c>).
/// </summary>
internal static class MetadataReader
{
    private const string Entry = "TFLITE_METADATA";
    private const string Identifier = "M001";

    public sealed record Description(string? Name, string? Text);

    public static Description? Find(IEnumerable<FlatTable> entries, ImmutableArray<SourceBuffer> buffers, Budget budget)
    {
        foreach (FlatTable entry in entries.Where(e => e.String(0) == Entry))
        {
            int buffer = entry.Int32(1);
            if (buffer < 0 || buffer >= buffers.Length)
            {
                throw new MalformedFileException(
                    Invariant($"its metadata is in buffer {buffer} of {buffers.Length}; it is damaged"));
            }

            budget.Charge(buffers[buffer].Data.Length);
            FlatTable metadata = new FlatFile(buffers[buffer].Data, Identifier, budget).Root;
            return new Description(Filled(metadata.String(0)), Filled(metadata.String(1)));
        }

        return null;
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
