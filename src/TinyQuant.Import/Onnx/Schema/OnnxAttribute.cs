using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Kinds of attributes, with the numbers of <c>AttributeProto.AttributeType</c>.</summary>
internal enum OnnxAttributeKind
{
    Undefined = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8,
    Tensors = 9,
    Graphs = 10,
    SparseTensor = 11,
    SparseTensors = 12,
    TypeProto = 13,
    TypeProtos = 14,
}

/// <summary>An attribute as the file has it. What is not of its kind is empty.</summary>
internal sealed record OnnxAttribute
{
    public required string Name { get; init; }

    public required OnnxAttributeKind Kind { get; init; }

    /// <summary>In a function's body: the attribute of the function that is meant. Empty elsewhere.</summary>
    public string Reference { get; init; } = "";

    public float Float { get; init; }

    public long Int { get; init; }

    public string String { get; init; } = "";

    public ImmutableArray<float> Floats { get; init; } = [];

    public ImmutableArray<long> Ints { get; init; } = [];

    public ImmutableArray<string> Strings { get; init; } = [];

    public OnnxTensor? Tensor { get; init; }

    public OnnxGraph? Graph { get; init; }
}
