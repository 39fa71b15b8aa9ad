using System.Text;

namespace TinyQuant.Import.Tests.Onnx.Support;

/// <summary>Writes fields of a message of protocol buffers, in whatever order, right or wrong.</summary>
internal sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public ProtoWriter Int(int field, long value) => Tag(field, 0).Raw(value);

    public ProtoWriter Float(int field, float value)
    {
        Tag(field, 5);
        _bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2).Raw(value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    /// <summary>A packed list.</summary>
    public ProtoWriter Ints(int field, params IEnumerable<long> values)
    {
        var packed = new ProtoWriter();
        foreach (long value in values)
        {
            packed.Raw(value);
        }

        return Message(field, packed);
    }

    /// <summary>A varint without a tag.</summary>
    public ProtoWriter Raw(long value)
    {
        ulong left = (ulong)value;
        for (; left >= 0x80; left >>= 7)
        {
            _bytes.Add((byte)(left | 0x80));
        }

        _bytes.Add((byte)left);
        return this;
    }

    private ProtoWriter Tag(int field, int wire) => Raw(((long)field << 3) | (uint)wire);
}
