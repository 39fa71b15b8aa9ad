using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using TinyQuant.Model;
using DataType = TinyQuant.Export.Onnx.TensorProto.Types.DataType;

namespace TinyQuant.Export.Onnx;

/// <summary>An ONNX graph as it grows: nodes, constants, and names that are used once.</summary>
internal sealed class OnnxGraph
{
    private readonly Graph _graph;
    private readonly GraphProto _target;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public OnnxGraph(Graph graph)
    {
        _graph = graph;
        _names = [.. graph.Tensors.Select(t => t.Name)];
        _target = new GraphProto { Name = graph.Name, DocString = string.Join("\n", graph.Notes) };
    }

    /// <summary>What the operators made, with the inputs and outputs of the graph.</summary>
    public GraphProto Build()
    {
        _target.Input.Add(_graph.Inputs.Select(Value));
        _target.Output.Add(_graph.Outputs.Select(Value));
        return _target;
    }

    /// <summary>Adds a node with one output of its own.</summary>
    /// <returns>The name of that output.</returns>
    public string Node(string type, string[] inputs, params AttributeProto[] attributes) =>
        Node(type, NewName(type), inputs, attributes);

    /// <summary>Adds a node that computes a tensor of the graph, or another value that has a name already.</summary>
    public string Node(string type, string output, string[] inputs, params AttributeProto[] attributes)
    {
        _target.Node.Add(
            new NodeProto
            {
                OpType = type,
                Name = output,
                Input = { inputs },
                Output = { output },
                Attribute = { attributes }
            });
        return output;
    }

    /// <summary>Gives a value a name of the graph: its node writes under it.</summary>
    public void Name(string value, string name) => _target.Node.Last(n => n.Output[0] == value).Output[0] = name;

    /// <summary>Adds a constant of reals.</summary>
    public string Constant(string name, float[] values, params long[] shape) =>
        Constant(name, DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    /// <summary>Adds a constant of sizes, such as a shape.</summary>
    public string Constant(string name, long[] values) =>
        Constant(name, DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    /// <summary>Adds a constant of one code of an activation.</summary>
    public string Code(string name, int code) => Constant(name, DataType.Uint8, [Codes.Unsigned(code)]);

    /// <summary>Adds a constant.</summary>
    /// <returns>Its name, which begins with that given.</returns>
    public string Constant(string name, DataType type, ReadOnlySpan<byte> data, params long[] shape)
    {
        string unique = NewName(name);
        _target.Initializer.Add(
            new TensorProto
            {
                Name = unique,
                DataType = (int)type,
                Dims = { shape },
                RawData = ByteString.CopyFrom(data)
            });
        return unique;
    }

    private string NewName(string stem)
    {
        string name;
        do
        {
            int count = _counts[stem] = _counts.GetValueOrDefault(stem) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}:{count}");
        }
        while (!_names.Add(name));
        return name;
    }

    private static ValueInfoProto Value(Tensor tensor) => new()
    {
        Name = tensor.Name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)(tensor.Type == TensorType.Float32 ? DataType.Float : DataType.Uint8),
                Shape = new TensorShapeProto
                {
                    Dim = { tensor.OnnxShape()
                    .Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }) }
                },
            },
        },
    };
}
