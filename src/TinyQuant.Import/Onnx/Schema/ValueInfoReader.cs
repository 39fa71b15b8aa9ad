using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads what a file says of inputs and outputs.</summary>
internal static class ValueInfoReader
{
    public static OnnxValueInfo Read(ProtoReader reader, ReadContext context)
    {
        context.ChargeObject();
        var info = new OnnxValueInfo
        {
            Name = "",
            Kind = OnnxValueKind.Unknown,
            Type = OnnxType.Undefined,
            Dimensions = default,
        };
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: info = info with { Name = context.Name(ref reader) }; break;
                case 2: info = ReadType(reader.Message(), context, info); break;
                default: reader.Skip(); break;
            }
        }

        return info;
    }

    private static OnnxValueInfo ReadType(ProtoReader reader, ReadContext context, OnnxValueInfo info)
    {
        while (reader.Next())
        {
            info = info with
            {
                Kind = reader.Field switch
                {
                    1 => OnnxValueKind.Tensor,
                    4 => OnnxValueKind.Sequence,
                    5 => OnnxValueKind.Map,
                    7 => OnnxValueKind.Opaque,
                    8 => OnnxValueKind.SparseTensor,
                    9 => OnnxValueKind.Optional,
                    _ => info.Kind,
                },
            };
            if (reader.Field == 1)
            {
                info = ReadTensor(reader.Message(), context, info);
            }
            else
            {
                reader.Skip();
            }
        }

        return info;
    }

    private static OnnxValueInfo ReadTensor(ProtoReader reader, ReadContext context, OnnxValueInfo info)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: info = info with { Type = (OnnxType)reader.Int32() }; break;
                case 2: info = info with { Dimensions = ReadShape(reader.Message(), context) }; break;
                default: reader.Skip(); break;
            }
        }

        return info;
    }

    private static ImmutableArray<OnnxDimension> ReadShape(ProtoReader reader, ReadContext context)
    {
        var dimensions = ImmutableArray.CreateBuilder<OnnxDimension>();
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                context.ChargeObject();
                ReadContext.Add(
                    dimensions, ReadDimension(reader.Message(), context), Limits.Dimensions, "dimensions of a value");
            }
            else
            {
                reader.Skip();
            }
        }

        return dimensions.ToImmutable();
    }

    private static OnnxDimension ReadDimension(ProtoReader reader, ReadContext context)
    {
        var dimension = default(OnnxDimension);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                // Some writers have 0 or -1 where they do not know.
                case 1 when reader.Int64() is var size:
                    dimension = new(size is > 0 and <= int.MaxValue
                    ? (int)size
                    : size <= 0 ? null : throw reader.Damaged(Invariant($"a size of {size}"), "one that fits an int32"),
                    null);
                    break;
                case 2: dimension = new(null, context.Name(ref reader)); break;
                default: reader.Skip(); break;
            }
        }

        return dimension.Symbol is { Length: 0 } ? new(dimension.Size, null) : dimension;
    }
}
