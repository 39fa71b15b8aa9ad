using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads operators.</summary>
internal static class NodeReader
{
    /// <param name="reader">The node.</param>
    /// <param name="context">What is left of what is allowed.</param>
    /// <param name="index">Its place among the nodes of its graph.</param>
    /// <param name="depth">In how many graphs its graph lies.</param>
    public static OnnxNode Read(ProtoReader reader, ReadContext context, int index, int depth)
    {
        context.ChargeNode();
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableArray.CreateBuilder<OnnxAttribute>();
        string name = "", op = "", domain = "", overload = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: ReadContext.Add(inputs, context.Name(ref reader), Limits.Operands, "inputs of a node"); break;
                case 2: ReadContext.Add(outputs, context.Name(ref reader), Limits.Operands, "outputs of a node"); break;
                case 3: name = context.Name(ref reader); break;
                case 4: op = context.Name(ref reader); break;
                case 5:
                    ReadContext.Add(
                        attributes, AttributeReader.Read(reader.Message(), context, depth), Limits.Attributes,
                        "attributes of a node");
                    break;
                case 7: domain = Domains.Normal(context.Name(ref reader)); break;
                case 8: overload = context.Name(ref reader); break;
                case 6 or 9 or 10: reader.Skip(); break; // documentation, metadata, placement on devices
                default:
                    throw new MalformedFileException(
                        Invariant($"node {index} has a field {reader.Field}, which no version known here has"));
            }
        }

        return new OnnxNode
        {
            Index = index,
            Name = name,
            Operator = op.Length > 0 ? op : throw new MalformedFileException(
                Invariant($"node {index} has no operator")),
            Domain = domain,
            Overload = overload,
            Inputs = inputs.ToImmutable(),
            Outputs = outputs.ToImmutable(),
            Attributes = attributes.ToImmutable(),
        };
    }
}
