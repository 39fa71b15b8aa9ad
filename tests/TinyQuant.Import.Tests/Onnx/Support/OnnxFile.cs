using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Tests.Onnx.Support;

/// <summary>An ONNX file, made field by field.</summary>
internal sealed class OnnxFile
{
    private readonly ProtoWriter _graph = new();
    private readonly ProtoWriter _rest = new();

    /// <summary>The graph, for fields that nothing here writes.</summary>
    public ProtoWriter Graph => _graph;

    /// <summary>An input; a dimension is a number or the text of a symbol.</summary>
    public OnnxFile Input(string name, OnnxType type, params object[] dimensions)
    {
        _graph.Message(11, ValueInfo(name, type, dimensions));
        return this;
    }

    /// <summary>An output without a shape.</summary>
    public OnnxFile Output(string name, OnnxType type = OnnxType.Float32)
    {
        var tensor = new ProtoWriter().Int(1, (int)type);
        _graph.Message(12, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }

    public OnnxFile Floats(string name, int[] dimensions, params float[] elements)
    {
        _graph.Message(5, Tensor(name, OnnxType.Float32, dimensions, MemoryMarshal.AsBytes(elements.AsSpan())));
        return this;
    }

    public OnnxFile Longs(string name, int[] dimensions, params long[] elements)
    {
        _graph.Message(5, Tensor(name, OnnxType.Int64, dimensions, MemoryMarshal.AsBytes(elements.AsSpan())));
        return this;
    }

    public OnnxFile Bytes(string name, OnnxType type, int[] dimensions, params byte[] elements)
    {
        _graph.Message(5, Tensor(name, type, dimensions, elements));
        return this;
    }

    /// <summary>A constant, made field by field.</summary>
    public OnnxFile Tensor(ProtoWriter tensor)
    {
        _graph.Message(5, tensor);
        return this;
    }

    /// <summary>A node; names are parted by spaces, and <c>-</c> is one that is missing.</summary>
    public OnnxFile Node(string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, NodeOf("", op, inputs, outputs, attributes));
        return this;
    }

    /// <summary>The same of another domain.</summary>
    public OnnxFile Node(
        (string Domain, string Name) op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, NodeOf(op.Domain, op.Name, inputs, outputs, attributes));
        return this;
    }

    /// <summary>A set of operators beside ONNX's own.</summary>
    public OnnxFile Set(string domain, int version)
    {
        _rest.Message(8, new ProtoWriter().Text(1, domain).Int(2, version));
        return this;
    }

    /// <summary>A field of the model itself.</summary>
    public OnnxFile Field(int field, ProtoWriter message)
    {
        _rest.Message(field, message);
        return this;
    }

    /// <summary>The graph as one that an operator runs.</summary>
    public ProtoWriter AsAttribute() => _graph;

    public byte[] Build(int version = 17) => new ProtoWriter().Int(1, 8).Text(2, "test").Message(7, _graph)
        .Message(8, new ProtoWriter().Text(1, "").Int(2, version)).ToArray().Concat(_rest.ToArray()).ToArray();

    public static ProtoWriter Tensor(string name, OnnxType type, int[] dimensions, ReadOnlySpan<byte> elements) =>
        new ProtoWriter().Ints(1, dimensions.Select(d => (long)d)).Int(2, (int)type).Text(8, name).Bytes(9, elements);

    public static ProtoWriter NodeOf(
        string domain, string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (string input in Names(inputs))
        {
            node.Text(1, input);
        }

        foreach (string output in Names(outputs))
        {
            node.Text(2, output);
        }

        node.Text(3, $"{op}_of_{Names(outputs).FirstOrDefault()}").Text(4, op);
        foreach ((string name, object value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        return node.Text(7, domain);
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name);
        return value switch
        {
            int number => attribute.Int(3, number).Int(20, (int)OnnxAttributeKind.Int),
            float real => attribute.Float(2, real).Int(20, (int)OnnxAttributeKind.Float),
            string text => attribute.Text(4, text).Int(20, (int)OnnxAttributeKind.String),
            int[] numbers => attribute.Ints(8, numbers.Select(n => (long)n)).Int(20, (int)OnnxAttributeKind.Ints),
            float[] reals => attribute.Bytes(7, MemoryMarshal.AsBytes(reals.AsSpan()))
                .Int(20, (int)OnnxAttributeKind.Floats),
            OnnxFile graph => attribute.Message(6, graph._graph).Int(20, (int)OnnxAttributeKind.Graph),
            ProtoWriter tensor => attribute.Message(5, tensor).Int(20, (int)OnnxAttributeKind.Tensor),
            Reference reference => attribute.Int(20, (int)reference.Kind).Text(21, reference.Name),
            _ => throw new ArgumentException("It is of no kind of attribute.", nameof(value)),
        };
    }

    private static string[] Names(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => n == "-" ? "" : n)];

    private static ProtoWriter ValueInfo(string name, OnnxType type, object[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (object dimension in dimensions)
        {
            shape.Message(1, dimension is string symbol
                ? new ProtoWriter().Text(2, symbol)
                : new ProtoWriter().Int(1, (int)dimension));
        }

        ProtoWriter tensor = new ProtoWriter().Int(1, (int)type).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    /// <summary>An attribute of a function that one of its nodes takes.</summary>
    public sealed record Reference(string Name, OnnxAttributeKind Kind);
}
