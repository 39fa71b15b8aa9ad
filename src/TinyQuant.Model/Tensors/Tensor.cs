using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>A named tensor of a graph: an activation, a constant, or state that is kept.</summary>
public sealed class Tensor
{
    private Tensor? _stored;

    /// <summary>Creates a tensor.</summary>
    /// <param name="name">Unique in its graph.</param>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Dimensions, outermost first, each at least 1; empty for a scalar.</param>
    /// <param name="quantization">Scale and zero point of integer codes that stand for reals.</param>
    /// <param name="data">
    /// For a constant: its elements in row-major order, little-endian; behind those of an int4 tensor the multipliers
    /// of its groups. For a variable tensor: the elements that it begins with.
    /// </param>
    /// <param name="line">The line of the model file it was read from, from 0; -1 where there is none.</param>
    /// <param name="isVariable">Whether it is state that is carried from one run to the next.</param>
    public Tensor(
        string name,
        TensorType type,
        ImmutableArray<int> shape,
        Quantization? quantization = null,
        ImmutableArray<byte>? data = null,
        int line = -1,
        bool isVariable = false)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Quantization = quantization;
        Data = data;
        Line = line;
        IsVariable = isVariable;
    }

    /// <summary>Unique in its graph.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public TensorType Type { get; }

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Scale and zero point, where the codes stand for reals.</summary>
    public Quantization? Quantization { get; }

    /// <summary>
    /// The elements of a constant, or those that a variable tensor begins with, row-major and little-endian; null for
    /// an activation, and for a variable tensor that begins with real 0.
    /// </summary>
    public ImmutableArray<byte>? Data { get; }

    /// <summary>The line of the model file it was read from, from 0; -1 where there is none.</summary>
    public int Line { get; }

    /// <summary>
    /// Whether it is state: kept from one run to the next, and set by a reset to <see cref="Data"/> or, without, to
    /// real 0, which is the zero point of an int8 tensor and 0 of any other.
    /// </summary>
    public bool IsVariable { get; }

    /// <summary>Whether the elements are part of the model.</summary>
    public bool IsConstant => Data.HasValue && !IsVariable;

    /// <summary>The product of <see cref="Shape"/>.</summary>
    /// <exception cref="OverflowException">It is more than an int holds; a valid graph has no such tensor.</exception>
    public int ElementCount => Shape.Aggregate(1, (product, dimension) => checked(product * dimension));

    /// <summary>The bytes of all elements, and of the multipliers of an int4 tensor's groups.</summary>
    /// <exception cref="OverflowException">As for <see cref="ElementCount"/>.</exception>
    public int ByteLength => checked((int)(Type.ByteLength(ElementCount) + Int4Data.GroupCount(this)));

    /// <summary>
    /// The bytes that its scales take: 4 each, or 2 where all of them are float16 numbers, as those of our int4 weights
    /// are.
    /// </summary>
    public int ScaleBytes => Quantization is { } quantization
        ? quantization.Scales.Length * (quantization.Scales.All(Float16Data.Holds) ? sizeof(short) : sizeof(float))
        : 0;

    /// <summary>
    /// The stored form that a constant was widened from, by <see cref="StoredConstants.Widen(Graph)"/>; else itself.
    /// </summary>
    public Tensor Stored => _stored ?? this;

    /// <summary>The constant that this one stands for, in a type that computes.</summary>
    internal Tensor WidenedTo(TensorType type, Quantization? quantization, ImmutableArray<byte> data) =>
        new(Name, type, Shape, quantization, data, Line) { _stored = this };

    /// <summary>The shape as it stands in a model file, <c>[1,784]</c>.</summary>
    public string ShapeText => "[" + string.Join(",", Shape.Select(n => Invariant($"{n}"))) + "]";

    /// <summary>Name, type and shape, for messages: the name as <see cref="Printable"/> shows it.</summary>
    public override string ToString() => $"{Printable.Text(Name)} {Type.ToName()} {ShapeText}";
}
