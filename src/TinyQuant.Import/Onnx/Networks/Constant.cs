using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>
/// The elements of a tensor that is known. They never change and are shared freely; what they are in another form is
/// made when it is first asked for. All forms hold the elements in row-major order.
/// </summary>
internal sealed class Constant
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly ImmutableArray<string> _strings = [];
    private float[]? _floats;
    private double[]? _doubles;
    private long[]? _integers;
    private byte[]? _bytes;

    /// <summary>Elements as a file has them.</summary>
    /// <param name="type">Of an element.</param>
    /// <param name="shape">The dimensions, which may be 0.</param>
    /// <param name="data">As many bytes as type and shape ask for, little-endian; not copied.</param>
    public Constant(OnnxType type, ImmutableArray<int> shape, ReadOnlyMemory<byte> data)
        : this(type, shape)
    {
        _data = data;
    }

    /// <summary>Reals of 32 bits.</summary>
    public Constant(ImmutableArray<int> shape, params float[] elements)
        : this(OnnxType.Float32, shape)
    {
        _floats = elements;
    }

    /// <summary>Integers of any type, which hold the values.</summary>
    public Constant(OnnxType type, ImmutableArray<int> shape, params long[] elements)
        : this(type, shape)
    {
        _integers = elements;
    }

    /// <summary>Text.</summary>
    public Constant(ImmutableArray<int> shape, ImmutableArray<string> elements)
        : this(OnnxType.String, shape)
    {
        _strings = elements;
    }

    private Constant(OnnxType type, ImmutableArray<int> shape)
    {
        Type = type;
        Shape = shape;
        Count = (int)Shapes.Count(shape);
    }

    private Constant(Constant other, ImmutableArray<int> shape)
        : this(other.Type, shape)
    {
        (_data, _strings, _floats, _doubles, _integers, _bytes) =
            (other._data, other._strings, other._floats, other._doubles, other._integers, other._bytes);
    }

    public OnnxType Type { get; }

    public ImmutableArray<int> Shape { get; }

    /// <summary>The product of the shape.</summary>
    public int Count { get; }

    /// <summary>Reals as float32; those of other types are rounded.</summary>
    /// <exception cref="UnsupportedException">They are none.</exception>
    public ReadOnlySpan<float> Floats =>
        _floats is null && Type == OnnxType.Float32
            ? MemoryMarshal.Cast<byte, float>(_data.Span)
            : _floats ??= ToFloats();

    /// <summary>Reals or integers as float64, which holds all but large int64.</summary>
    /// <exception cref="UnsupportedException">They are neither.</exception>
    public ReadOnlySpan<double> Doubles => _doubles ??= ToDoubles();

    /// <summary>Integers of any type; truths are 0 and 1.</summary>
    /// <exception cref="UnsupportedException">They are none, or more than an int64 holds.</exception>
    public ReadOnlySpan<long> Integers =>
        _integers is null && Type == OnnxType.Int64
            ? MemoryMarshal.Cast<byte, long>(_data.Span)
            : _integers ??= ToIntegers();

    /// <summary>The elements as a file has them, little-endian; those of 4 bits two to a byte, low one first.</summary>
    /// <exception cref="UnsupportedException">They are text.</exception>
    public ReadOnlySpan<byte> Bytes =>
        Type == OnnxType.Float32 && _floats is not null ? MemoryMarshal.AsBytes(_floats.AsSpan())
        : Type == OnnxType.Int64 && _integers is not null ? MemoryMarshal.AsBytes(_integers.AsSpan())
        : Type == OnnxType.String ? throw Wrong("numbers")
        : _data.IsEmpty && _integers is not null ? _bytes ??= ElementBytes.FromIntegers(Type, _integers)
        : _data.Span;

    /// <summary>Text.</summary>
    /// <exception cref="UnsupportedException">It is none.</exception>
    public ImmutableArray<string> Strings => Type == OnnxType.String ? _strings : throw Wrong("text");

    /// <summary>The only element, a real; null where there are more, or none.</summary>
    public float? SingleFloat => Type.IsReal() && Count == 1 ? Floats[0] : null;

    /// <summary>The only element, an integer; null where there are more, or none.</summary>
    public long? SingleInteger => Type.IsInteger() && Count == 1 ? Integers[0] : null;

    /// <summary>The same elements in other dimensions, of the same product; nothing is copied.</summary>
    public Constant Reshaped(ImmutableArray<int> shape) => new(this, shape);

    /// <summary>For messages: <c>float32 [1,2]</c>.</summary>
    public override string ToString() => $"{Type.Word()} {Shapes.Text(Shape)}";

    private float[] ToFloats()
    {
        var floats = new float[Count];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = Type switch
            {
                OnnxType.Float16 => (float)MemoryMarshal.Cast<byte, Half>(_data.Span)[i],
                OnnxType.BFloat16 => ElementBytes.BFloat16(_data.Span, i),
                OnnxType.Float64 => (float)MemoryMarshal.Cast<byte, double>(_data.Span)[i],
                _ => throw Wrong("reals"),
            };
        }

        return floats;
    }

    private double[] ToDoubles()
    {
        if (Type == OnnxType.Float64)
        {
            return MemoryMarshal.Cast<byte, double>(_data.Span).ToArray();
        }

        var doubles = new double[Count];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = Type.IsReal() ? Floats[i] : Integers[i];
        }

        return doubles;
    }

    private long[] ToIntegers() => Type.IsInteger() ? ElementBytes.ToIntegers(Type, _data.Span, Count)
        : throw Wrong("integers");

    private UnsupportedException Wrong(string expected) => new($"a constant is {this}; expected {expected}");
}
