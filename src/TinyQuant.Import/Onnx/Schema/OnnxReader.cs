using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>
/// Reads a file by the field numbers of <c>onnx.proto</c> (https://onnx.ai/onnx/repo-docs/IR.html). Nothing of tensors
/// is copied, but for elements that lie in fields of another size than their own.
/// </summary>
internal static class OnnxReader
{
    private const int LeastIrVersion = 3;
    private const int MostShownVersion = 32;

    /// <summary>
    /// Whether bytes begin as a file of ONNX does that was written in the order of its fields: the version of the form,
    /// and then one of the model's other fields. There is no mark.
    /// </summary>
    public static bool Recognizes(ReadOnlyMemory<byte> start) =>
        start.Span is [0x08, >= LeastIrVersion and <= MostShownVersion,
            0x12 or 0x1a or 0x22 or 0x28 or 0x32 or 0x3a or 0x42, _, ..];

    /// <summary>Reads a whole file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="budget">What its objects may take.</param>
    /// <param name="external">The files beside it, by their relative paths; null where there are none.</param>
    /// <exception cref="MalformedFileException">It is damaged, cut off, or no such file.</exception>
    /// <exception cref="UnsupportedException">It has a part that is not read here.</exception>
    public static OnnxModel Read(
        ReadOnlyMemory<byte> bytes, Budget budget, Func<string, ReadOnlyMemory<byte>?>? external = null)
    {
        var context = new ReadContext(budget, external);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var functions = ImmutableArray.CreateBuilder<OnnxFunction>();
        long irVersion = 0;
        string producer = "", producerVersion = "";
        OnnxGraph? graph = null;
        for (var reader = new ProtoReader(bytes); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: irVersion = reader.Int64(); break;
                case 2: producer = context.Text(ref reader); break;
                case 3: producerVersion = context.Text(ref reader); break;
                case 7:
                    graph = graph is null
                        ? GraphReader.Read(reader.Message(), context, depth: 0)
                        : throw new MalformedFileException("it has two graphs; expected one");
                    break;
                case 8: ReadVersion(reader.Message(), context, versions); break;
                case 14: ReadMetadata(reader.Message(), context, metadata); break;
                case 25:
                    ReadContext.Add(
                        functions, FunctionReader.Read(reader.Message(), context), Limits.Functions, "functions");
                    break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxModel
        {
            IrVersion = irVersion >= LeastIrVersion ? irVersion : throw new MalformedFileException(
                Invariant($"it has the IR version {irVersion}; expected {LeastIrVersion} or more")),
            Producer = $"{producer} {producerVersion}".Trim(),
            Graph = graph ?? throw new MalformedFileException("it has no graph"),
            Versions = versions.ToImmutableDictionary(StringComparer.Ordinal),
            Functions = functions.ToImmutable(),
            Metadata = metadata.ToImmutableDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>Reads the version of a set of operators.</summary>
    internal static void ReadVersion(ProtoReader reader, ReadContext context, Dictionary<string, long> versions)
    {
        context.ChargeObject();
        string domain = "";
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: domain = context.Name(ref reader); break;
                case 2: version = reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }

        if (versions.Count == Limits.OperatorSets)
        {
            throw new MalformedFileException(Invariant($"it has more than {Limits.OperatorSets} sets of operators"));
        }

        versions[Domains.Normal(domain)] = version;
    }

    private static void ReadMetadata(ProtoReader reader, ReadContext context, Dictionary<string, string> metadata)
    {
        context.ChargeObject();
        (string key, string value) = PairReader.Read(reader, context);
        if (metadata.Count == Limits.Metadata)
        {
            throw new MalformedFileException(Invariant($"it has more than {Limits.Metadata} entries of metadata"));
        }

        metadata[key] = value;
    }
}
