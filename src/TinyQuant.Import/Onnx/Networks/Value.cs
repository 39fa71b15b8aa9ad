using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// What a node computes, an input of the network or a constant. It is written once; <see cref="Networks.Network"/> and
/// <see cref="Networks.Node"/> keep what is said here of its neighbours.
/// </summary>
/// <param name="name">Its name, which no other value of the network has.</param>
internal sealed class Value(string name)
{
    private readonly List<Node> _readers = [];

    public string Name { get; } = name;

    /// <summary>Of its elements; <see cref="OnnxType.Undefined"/> until it is known.</summary>
    public OnnxType Type { get; set; }

    /// <summary>Its dimensions; default until they are known, which all are behind inference.</summary>
    public ImmutableArray<int> Shape { get; set; }

    /// <summary>Its elements, where they are known; null where they are not. Set by <see cref="Become"/>.</summary>
    public Constant? Constant { get; private set; }

    public bool IsConstant => Constant is not null;

    /// <summary>The node that computes it; null for inputs and constants.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The nodes that read it, one once for each of its operands that is this one; in no order.</summary>
    public IReadOnlyList<Node> Readers => _readers;

    /// <summary>How many outputs of the network it is.</summary>
    public int OutputCount { get; internal set; }

    /// <summary>Whether it is an output of the network.</summary>
    public bool IsOutput => OutputCount > 0;

    /// <summary>
    /// The only node that reads it, with one operand; null where there are more, or none, or it is an output.
    /// </summary>
    public Node? OnlyReader => _readers.Count == 1 && !IsOutput ? _readers[0] : null;

    /// <summary>Dimensions; 0 until they are known.</summary>
    public int Rank => Shape.IsDefault ? 0 : Shape.Length;

    /// <summary>
    /// Its elements are known from now on, and with them type and shape; who computed it no longer does.
    /// </summary>
    public void Become(Constant constant)
    {
        Constant = constant;
        Type = constant.Type;
        Shape = constant.Shape;
        Producer = null;
    }

    /// <summary>For messages: <c>float32 [1,2]</c>.</summary>
    public string TypeAndShape => $"{Type.Word()} {Shapes.Text(Shape)}";

    public override string ToString() => $"{Name} {TypeAndShape}";

    internal void AddReader(Node node) => _readers.Add(node);

    internal void RemoveReader(Node node) => _readers.Remove(node);
}
