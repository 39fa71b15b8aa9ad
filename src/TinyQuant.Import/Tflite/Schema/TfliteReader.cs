using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;

namespace TinyQuant.Import.Tflite.Schema;

/// <summary>
/// Reads a file by the field ids of <c>tensorflow/compiler/mlir/lite/schema/schema.fbs</c>: a field's id is its place
/// in its table there.
/// </summary>
internal static class TfliteReader
{
    private const string Identifier = "TFL3";
    private const int SchemaVersion = 3;

    /// <exception cref="MalformedFileException">It is damaged, cut off, or no such file.</exception>
    public static TfliteModel Read(ReadOnlyMemory<byte> bytes, Budget budget)
    {
        FlatTable model = new FlatFile(bytes, Identifier, budget).Root;
        if (model.Int32(0) is var version && version != SchemaVersion)
        {
            throw new MalformedFileException(Invariant($"its schema has version {version}; expected {SchemaVersion}"));
        }

        ImmutableArray<SourceBuffer> buffers = [.. Tables(model, 4, Limits.Buffers, "buffers").Select(ReadBuffer)];
        ImmutableArray<(BuiltinOperator Code, string Name)> codes = [
            .. Tables(model, 1, Limits.OperatorCodes, "operator codes").Select(ReadCode)];
        ImmutableArray<FlatTable> subgraphs = [.. Tables(model, 2, Limits.Subgraphs, "subgraphs")];
        if (subgraphs.IsEmpty)
        {
            throw new MalformedFileException("it has no subgraph; expected one at least");
        }

        MetadataReader.Description? metadata = MetadataReader.Find(
            Tables(model, 6, Limits.Metadata, "metadata"), buffers, budget);
        return new TfliteModel(subgraphs, buffers, codes)
        {
            Name = metadata?.Name,
            Notes = Notes(metadata?.Text ?? model.String(3), budget),
            Signatures =
            [
                .. Tables(model, 7, Limits.Subgraphs, "signatures").Select(s => ReadSignature(s, subgraphs.Length)),
            ],
        };
    }

    private static ImmutableArray<string> Notes(string? description, Budget budget)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        notes.Add("imported from TensorFlow Lite");
        if (description is { Length: > 0 } and not ("MLIR Converted." or "TOCO Converted."))
        {
            budget.Charge(description.Length);
            notes.Add(description);
        }

        return notes.ToImmutable();
    }

    private static TfliteSignature ReadSignature(FlatTable table, int subgraphs)
    {
        int subgraph = table.Int32(4);
        return subgraph >= 0 && subgraph < subgraphs
            ? new TfliteSignature(Shortened(table.String(2) ?? ""), subgraph)
            : throw new MalformedFileException(
                Invariant($"a signature is of subgraph {subgraph} of {subgraphs}; it is damaged"));
    }

    private static SourceBuffer ReadBuffer(FlatTable table) =>
        new(table.Vector(0, sizeof(byte)).Bytes, IsOutside: table.UInt64(1) > 1);

    private static (BuiltinOperator Code, string Name) ReadCode(FlatTable table)
    {
        // Codes above 126 do not fit the old field, which then holds 127; older files have only the old one.
        var code = (BuiltinOperator)Math.Max((int)(sbyte)table.UInt8(0), table.Int32(3));
        string name = code != BuiltinOperator.CUSTOM ? code.ToString() : Shortened(table.String(1) ?? "CUSTOM");
        return (code, name);
    }

    /// <summary>A vector of tables.</summary>
    internal static IEnumerable<FlatTable> Tables(FlatTable table, int field, int most, string what)
    {
        FlatVector vector = table.Vector(field, sizeof(int));
        if (vector.Count > most)
        {
            throw new MalformedFileException(Invariant($"it has {vector.Count} {what}; expected at most {most}"));
        }

        vector.Charge();
        return Enumerable.Range(0, vector.Count).Select(vector.Table);
    }

    private static string Shortened(string name) => name.Length <= 100 ? name : name[..100] + "...";
}
