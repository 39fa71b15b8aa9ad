using System.Collections.Immutable;
using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>
/// The elements of a tensor that is being read: bytes as they are, or fields of integers, reals or texts.
/// </summary>
internal sealed class TensorElements(ReadContext context)
{
    private const int RawField = 9;

    private ReadOnlyMemory<byte> _bytes;
    private List<byte>? _joined;
    private List<long>? _integers;
    private List<string>? _strings;
    private int _field;

    /// <summary>Reads the current field, which is one of elements.</summary>
    public void Read(ref ProtoReader reader)
    {
        int field = reader.Field;
        switch (field)
        {
            case 5 or 7 or 11:
                context.ChargeElements(sizeof(long) * (long)reader.Int64Count);
                reader.AddInt64s(_integers ??= []);
                break;
            case 6: (_strings ??= []).Add(context.Text(ref reader)); break;
            case RawField: _bytes = reader.Bytes(); break;
            default: AddBytes(reader.Fixed(field == 4 ? sizeof(float) : sizeof(double))); break;
        }

        if (_field != 0 && _field != field)
        {
            throw reader.Damaged("elements of one tensor in two fields", "one");
        }

        _field = field;
    }

    /// <summary>The tensor with its elements, which are as many as its dimensions say.</summary>
    /// <param name="tensor">The tensor without.</param>
    /// <param name="external">Where they are, if that is another file.</param>
    public OnnxTensor Fill(OnnxTensor tensor, ExternalData? external)
    {
        string shown = $"constant '{tensor.Name}'";
        if (tensor.Type != OnnxType.String && tensor.Type.Bits() == 0)
        {
            throw new UnsupportedException($"{shown} is of {tensor.Type.Word()}, which is not supported");
        }

        long count = 1;
        foreach (int size in tensor.Dimensions.Order())
        {
            count *= size;
            if (count > int.MaxValue)
            {
                throw new MalformedFileException($"{shown} is larger than what an array holds");
            }
        }

        if (tensor.Type == OnnxType.String)
        {
            ImmutableArray<string> strings = _strings is null ? [] : [.. _strings];
            return strings.Length == count ? tensor with { Strings = strings } : throw Wrong(strings.Length, count);
        }

        if (external is not null && _field != 0)
        {
            throw new MalformedFileException($"{shown} has its elements in the file and in another one");
        }

        if (_field is not (0 or RawField) && !Matches(tensor.Type))
        {
            throw new MalformedFileException($"{shown} is of {tensor.Type.Word()} and has elements of another type");
        }

        ReadOnlyMemory<byte> bytes = external?.Read(shown, context.External)
            ?? (_integers is not null ? Bytes(tensor.Type) : _joined?.ToArray() ?? _bytes);
        long expected = tensor.Type.ByteLength(count);
        return bytes.Length == expected ? tensor with { Data = bytes } : throw Wrong(bytes.Length, expected);

        MalformedFileException Wrong(long found, long wanted) =>
            new(Invariant($"{shown} {tensor.Type.Word()} [{string.Join(",", tensor.Dimensions.Select(
                d => Invariant($"{d}")))}] has {found} bytes of elements, or texts; expected {wanted}"));
    }

    /// <summary>Whether the elements of a type may lie in the field that was read.</summary>
    private bool Matches(OnnxType type) => _field switch
    {
        4 => type == OnnxType.Float32,
        7 => type == OnnxType.Int64,
        10 => type == OnnxType.Float64,
        11 => type is OnnxType.UInt32 or OnnxType.UInt64,
        5 => type.Bits() <= 16 || type == OnnxType.Int32,
        _ => false,
    };

    /// <summary>Integers, or bits of reals of 16 bits, in the size of their type; a byte for two of 4 bits.</summary>
    private byte[] Bytes(OnnxType type)
    {
        int size = Math.Max(1, type.Bits() / 8);
        var bytes = new byte[(long)size * _integers!.Count];
        for (int i = 0; i < _integers.Count; i++)
        {
            for (int b = 0; b < size; b++)
            {
                bytes[(i * size) + b] = (byte)(_integers[i] >> (8 * b));
            }
        }

        return bytes;
    }

    /// <summary>More elements; mostly there is one field that has them all.</summary>
    private void AddBytes(ReadOnlyMemory<byte> more)
    {
        if (_bytes.IsEmpty && _joined is null)
        {
            _bytes = more;
            return;
        }

        context.ChargeElements(4L * more.Length);
        _joined ??= [.. _bytes.Span];
        _joined.AddRange(more.Span);
    }
}
