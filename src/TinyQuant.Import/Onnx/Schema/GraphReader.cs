using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads graphs.</summary>
internal static class GraphReader
{
    /// <param name="reader">The graph.</param>
    /// <param name="context">What is left of what is allowed.</param>
    /// <param name="depth">In how many graphs it lies.</param>
    public static OnnxGraph Read(ProtoReader reader, ReadContext context, int depth)
    {
        if (depth > Limits.Depth)
        {
            throw new MalformedFileException(Invariant($"its graphs lie more than {Limits.Depth} deep in each other"));
        }

        context.ChargeObject(2);
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        var initializers = ImmutableArray.CreateBuilder<OnnxTensor>();
        var inputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        var outputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        string name = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: nodes.Add(NodeReader.Read(reader.Message(), context, nodes.Count, depth)); break;
                case 2: name = context.Name(ref reader); break;
                case 5:
                    ReadContext.Add(
                        initializers, TensorReader.Read(reader.Message(), context), Limits.Values, "constants");
                    break;
                case 11: Add(inputs, ref reader, context, "inputs"); break;
                case 12: Add(outputs, ref reader, context, "outputs"); break;
                case 15:
                    throw new UnsupportedException(
                        $"constant '{SparseName(reader.Message(), context)}' is sparse, which is not supported");
                default: reader.Skip(); break;
            }
        }

        return new OnnxGraph
        {
            Name = name,
            Nodes = nodes.ToImmutable(),
            Initializers = initializers.ToImmutable(),
            Inputs = inputs.ToImmutable(),
            Outputs = outputs.ToImmutable(),
        };
    }

    private static void Add(
        ImmutableArray<OnnxValueInfo>.Builder list, ref ProtoReader reader, ReadContext context, string what) =>
        ReadContext.Add(list, ValueInfoReader.Read(reader.Message(), context), Limits.Values, what);

    /// <summary>The name of the values of a sparse tensor.</summary>
    private static string SparseName(ProtoReader reader, ReadContext context)
    {
        string name = "";
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            for (ProtoReader values = reader.Message(); values.Next();)
            {
                if (values.Field == 8)
                {
                    name = context.Name(ref values);
                }
                else
                {
                    values.Skip();
                }
            }
        }

        return name;
    }
}
