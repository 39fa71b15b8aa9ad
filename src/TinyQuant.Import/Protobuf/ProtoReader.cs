using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TinyQuant.Import.Protobuf;

/// <summary>
/// The fields of a message of protocol buffers, one behind the other, over memory that is not copied. Each is asked for
/// by one of the methods that read a value, or is skipped; what does not hold together has a
/// <see cref="MalformedFileException"/>. The format: https://protobuf.dev/programming-guides/encoding/.
/// </summary>
internal struct ProtoReader
{
    private const int MostVarintBytes = 10;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _start;
    private int _position;
    private WireType _wire;

    /// <summary>A message.</summary>
    /// <param name="bytes">All of it, and nothing else.</param>
    public ProtoReader(ReadOnlyMemory<byte> bytes)
        : this(bytes, 0)
    {
    }

    private ProtoReader(ReadOnlyMemory<byte> bytes, int start)
    {
        _bytes = bytes;
        _start = start;
    }

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field, whose value is then read or skipped; false where there is none.</summary>
    public bool Next()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        ulong tag = RawVarint();
        Field = tag >> 3 is > 0 and <= (1 << 29) - 1 and var field
            ? (int)field
            : throw Damaged(Invariant($"field {tag >> 3}"), "one from 1 to 536870911");
        _wire = (WireType)(tag & 7);
        return _wire is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw Damaged(Invariant($"wire type {(int)_wire}"), "0, 1, 2 or 5");
    }

    /// <summary>Goes past the current field.</summary>
    public void Skip()
    {
        switch (_wire)
        {
            case WireType.Varint: RawVarint(); break;
            case WireType.Fixed64: Take(sizeof(ulong)); break;
            case WireType.Fixed32: Take(sizeof(uint)); break;
            default: TakeBytes(); break;
        }
    }

    /// <summary>An integer; one of 32 bits with a sign is stretched to 64.</summary>
    public long Int64()
    {
        Expect(WireType.Varint);
        return (long)RawVarint();
    }

    /// <summary>The lower bits of an integer.</summary>
    public int Int32() => (int)Int64();

    public float Float32()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)).Span);
    }

    /// <summary>Bytes, or a packed list, without a copy.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return TakeBytes();
    }

    /// <summary>A message in this one.</summary>
    public ProtoReader Message()
    {
        Expect(WireType.Bytes);
        ReadOnlyMemory<byte> bytes = TakeBytes();
        return new ProtoReader(bytes, _start + _position - bytes.Length);
    }

    /// <summary>Text, of at most so many bytes; what is no UTF-8 in it is replaced.</summary>
    public string Text(int most)
    {
        ReadOnlyMemory<byte> bytes = Bytes();
        return bytes.Length <= most
            ? Encoding.UTF8.GetString(bytes.Span)
            : throw Damaged(Invariant($"a text of {bytes.Length} bytes"), Invariant($"at most {most}"));
    }

    /// <summary>How many integers the current field adds to a list: one, or those that are packed.</summary>
    public readonly int Int64Count => _wire == WireType.Bytes ? CountOfEnds(Peek()) : 1;

    /// <summary>How many bytes the current field has, where they are more than one number.</summary>
    public readonly int ByteCount => _wire == WireType.Bytes ? Peek().Length : sizeof(long);

    /// <summary>Adds to a list of integers what the current field has for it: one, or many that are packed.</summary>
    public void AddInt64s(List<long> list)
    {
        if (_wire != WireType.Bytes)
        {
            list.Add(Int64());
            return;
        }

        list.EnsureCapacity(list.Count + Int64Count);
        for (ProtoReader packed = Message(); packed._position < packed._bytes.Length;)
        {
            list.Add((long)packed.RawVarint());
        }
    }

    /// <summary>Adds to a list of reals what the current field has for it.</summary>
    public void AddFloat32s(List<float> list)
    {
        if (_wire != WireType.Bytes)
        {
            list.Add(Float32());
            return;
        }

        foreach (float value in MemoryMarshal.Cast<byte, float>(Packed(sizeof(float)).Span))
        {
            list.Add(value);
        }
    }

    /// <summary>Elements of a fixed size, as bytes without a copy: many that are packed, or one.</summary>
    public ReadOnlyMemory<byte> Fixed(int size)
    {
        if (_wire == WireType.Bytes)
        {
            return Packed(size);
        }

        Expect(size == sizeof(float) ? WireType.Fixed32 : WireType.Fixed64);
        return Take(size);
    }

    /// <summary>What to throw about the value that was read last.</summary>
    public readonly MalformedFileException Damaged(string found, string expected) =>
        new(Invariant($"before byte {_start + _position} it has {found}; expected {expected}; it is damaged or ")
            + "cut off");

    private ReadOnlyMemory<byte> Packed(int size)
    {
        ReadOnlyMemory<byte> bytes = TakeBytes();
        return bytes.Length % size == 0
            ? bytes
            : throw Damaged(Invariant($"{bytes.Length} bytes of a list"), Invariant($"a multiple of {size}"));
    }

    private readonly ReadOnlySpan<byte> Peek()
    {
        ProtoReader copy = this;
        return copy.TakeBytes().Span;
    }

    /// <summary>How many bytes are the last of an integer.</summary>
    private static int CountOfEnds(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        foreach (byte part in bytes)
        {
            count += part < 0x80 ? 1 : 0;
        }

        return count;
    }

    private ReadOnlyMemory<byte> TakeBytes()
    {
        ulong length = RawVarint();
        return Take(length <= int.MaxValue ? (int)length : int.MaxValue);
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        int left = _bytes.Length - _position;
        if (length > left)
        {
            throw Damaged(Invariant($"a value of {length} bytes"), Invariant($"at most {left}, which are left"));
        }

        ReadOnlyMemory<byte> taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }

    private ulong RawVarint()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes && _position < bytes.Length; i++)
        {
            byte part = bytes[_position++];
            value |= (ulong)(part & 0x7f) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged("an integer that does not end", Invariant($"one of at most {MostVarintBytes} bytes"));
    }

    private readonly void Expect(WireType expected)
    {
        if (_wire != expected)
        {
            throw Damaged(Invariant($"field {Field} of wire type {(int)_wire}"), Invariant($"{(int)expected}"));
        }
    }

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }
}
