using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads operators that the file says in others.</summary>
internal static class FunctionReader
{
    public static OnnxFunction Read(ProtoReader reader, ReadContext context)
    {
        context.ChargeObject(2);
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableArray.CreateBuilder<string>();
        var defaults = ImmutableArray.CreateBuilder<OnnxAttribute>();
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        string name = "", domain = "", overload = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = context.Name(ref reader); break;
                case 4:
                    ReadContext.Add(inputs, context.Name(ref reader), Limits.Operands, "inputs of a function");
                    break;
                case 5:
                    ReadContext.Add(outputs, context.Name(ref reader), Limits.Operands, "outputs of a function");
                    break;
                case 6:
                    ReadContext.Add(
                        attributes, context.Name(ref reader), Limits.Attributes, "attributes of a function");
                    break;
                case 7: nodes.Add(NodeReader.Read(reader.Message(), context, nodes.Count, depth: 0)); break;
                case 9: OnnxReader.ReadVersion(reader.Message(), context, versions); break;
                case 10: domain = Domains.Normal(context.Name(ref reader)); break;
                case 11:
                    ReadContext.Add(
                        defaults, AttributeReader.Read(reader.Message(), context, depth: 0), Limits.Attributes,
                        "attributes of a function");
                    break;
                case 13: overload = context.Name(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxFunction
        {
            Domain = domain,
            Name = name,
            Overload = overload,
            Inputs = inputs.ToImmutable(),
            Outputs = outputs.ToImmutable(),
            Attributes = attributes.ToImmutable(),
            Defaults = defaults.ToImmutable(),
            Nodes = nodes.ToImmutable(),
            Versions = versions.ToImmutableDictionary(StringComparer.Ordinal),
        };
    }
}
