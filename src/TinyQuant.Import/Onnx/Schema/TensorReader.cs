using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads tensors, whose elements lie in one of several fields, or in another file.</summary>
internal static class TensorReader
{
    private const int ElsewhereLocation = 1;

    /// <summary>A tensor that is a file of its own, as those of ONNX's tests.</summary>
    /// <exception cref="MalformedFileException">It is damaged, cut off, or no such file.</exception>
    /// <exception cref="UnsupportedException">It is of a type that is not read here.</exception>
    public static OnnxTensor Read(ReadOnlyMemory<byte> file) =>
        Read(new ProtoReader(file), new ReadContext(new Budget(file.Length), null));

    public static OnnxTensor Read(ProtoReader reader, ReadContext context)
    {
        context.ChargeObject(2);
        var dimensions = new List<long>();
        var elements = new TensorElements(context);
        ExternalData? external = null;
        string name = "";
        int type = 0, location = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    context.ChargeElements(sizeof(long) * (long)reader.Int64Count);
                    reader.AddInt64s(dimensions);
                    break;
                case 2: type = reader.Int32(); break;
                case 4 or 5 or 6 or 7 or 9 or 10 or 11: elements.Read(ref reader); break;
                case 8: name = context.Name(ref reader); break;
                case 13:
                    (string key, string value) = PairReader.Read(reader.Message(), context);
                    (external ??= new ExternalData()).Add(key, value);
                    break;
                case 14: location = reader.Int32(); break;
                case 12 or 16: reader.Skip(); break; // documentation, metadata
                case 3:
                    throw new UnsupportedException(
                    $"constant '{name}' is cut into segments, which is not supported");
                default:
                    throw new MalformedFileException(
                        Invariant($"constant '{name}' has a field {reader.Field}, which no version known here has"));
            }
        }

        var tensor = new OnnxTensor
        {
            Name = name,
            Type = (OnnxType)type,
            Dimensions = Dimensions(name, dimensions),
            Data = default,
        };
        return elements.Fill(tensor, location == ElsewhereLocation ? external ?? new ExternalData() : null);
    }

    private static ImmutableArray<int> Dimensions(string name, List<long> dimensions)
    {
        if (dimensions.Count > Limits.Dimensions)
        {
            throw new MalformedFileException(
                Invariant($"constant '{name}' has {dimensions.Count} dimensions; expected at most ")
                    + Invariant($"{Limits.Dimensions}"));
        }

        return dimensions.Find(d => d is < 0 or > int.MaxValue) is var wrong && wrong != 0
            ? throw new MalformedFileException(Invariant($"constant '{name}' has a dimension of {wrong}"))
            : [.. dimensions.Select(d => (int)d)];
    }
}
