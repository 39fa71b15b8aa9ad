using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads attributes.</summary>
internal static class AttributeReader
{
    /// <param name="reader">The attribute.</param>
    /// <param name="context">What is left of what is allowed.</param>
    /// <param name="depth">In how many graphs the graph of its node lies.</param>
    public static OnnxAttribute Read(ProtoReader reader, ReadContext context, int depth)
    {
        context.ChargeObject();
        var read = new OnnxAttribute { Name = "", Kind = OnnxAttributeKind.Undefined };
        List<float>? floats = null;
        List<long>? ints = null;
        List<string>? strings = null;
        OnnxAttributeKind said = OnnxAttributeKind.Undefined, met = OnnxAttributeKind.Undefined;
        while (reader.Next())
        {
            met = reader.Field switch
            {
                2 => OnnxAttributeKind.Float,
                3 => OnnxAttributeKind.Int,
                4 => OnnxAttributeKind.String,
                5 => OnnxAttributeKind.Tensor,
                6 => OnnxAttributeKind.Graph,
                7 => OnnxAttributeKind.Floats,
                8 => OnnxAttributeKind.Ints,
                9 => OnnxAttributeKind.Strings,
                _ => met,
            };
            switch (reader.Field)
            {
                case 1: read = read with { Name = context.Name(ref reader) }; break;
                case 2: read = read with { Float = reader.Float32() }; break;
                case 3: read = read with { Int = reader.Int64() }; break;
                case 4: read = read with { String = context.Text(ref reader) }; break;
                case 5: read = read with { Tensor = TensorReader.Read(reader.Message(), context) }; break;
                case 6: read = read with { Graph = GraphReader.Read(reader.Message(), context, depth + 1) }; break;
                case 7:
                    context.ChargeElements(2L * reader.ByteCount);
                    reader.AddFloat32s(floats ??= []);
                    break;
                case 8:
                    context.ChargeElements(sizeof(long) * (long)reader.Int64Count);
                    reader.AddInt64s(ints ??= []);
                    break;
                case 9: (strings ??= []).Add(context.Text(ref reader)); break;
                case 20: said = (OnnxAttributeKind)reader.Int32(); break;
                case 21: read = read with { Reference = context.Name(ref reader) }; break;
                case 10 or 11 or 13 or 14 or 15 or 22 or 23: reader.Skip(); break; // the kind tells what is not read
                default:
                    throw new MalformedFileException(
                        Invariant($"an attribute has a field {reader.Field}, which no version known here has"));
            }
        }

        return read with
        {
            Kind = said != OnnxAttributeKind.Undefined ? said : met, // files of the first versions do not say it
            Floats = floats is null ? [] : [.. floats],
            Ints = ints is null ? [] : [.. ints],
            Strings = strings is null ? [] : [.. strings],
        };
    }
}
