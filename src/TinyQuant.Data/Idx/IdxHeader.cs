using System.Buffers.Binary;

namespace TinyQuant.Data;

/// <summary>The head of an IDX file: a magic number and the dimensions, all big-endian.</summary>
internal readonly record struct IdxHeader(IdxKind Kind, int Count, int Rows, int Columns)
{
    /// <summary>No file is read whose content is longer; five times MNIST's longest.</summary>
    public const int MaxContentLength = 256 << 20;

    public const int MaxSide = 4096;

    public static int LengthOf(IdxKind kind) => kind == IdxKind.Images ? 16 : 8;

    public int HeaderLength => LengthOf(Kind);

    public int ContentLength => HeaderLength + (Count * Rows * Columns);

    /// <summary>Reads and checks a head.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file, or it declares too much.</exception>
    public static IdxHeader Parse(ReadOnlySpan<byte> bytes, IdxKind kind, string file)
    {
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (magic != (uint)kind)
        {
            throw new InvalidDataException(
                $"{file}: magic number 0x{magic:X8}, expected 0x{(uint)kind:X8} ({Describe(kind)}).");
        }

        uint count = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        bool images = kind == IdxKind.Images;
        uint rows = images ? BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) : 1;
        uint columns = images ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) : 1;
        if (rows is 0 or > MaxSide || columns is 0 or > MaxSide)
        {
            throw new InvalidDataException(
                $"{file}: declares images of {rows}x{columns} pixels, expected 1 to {MaxSide} on each side.");
        }

        // At most 2^32 times 2^12 times 2^12, so that it cannot overflow.
        ulong payload = (ulong)count * rows * columns;
        if (count == 0 || payload > MaxContentLength - 16)
        {
            throw new InvalidDataException(
                $"{file}: declares {count} items of {rows * columns} bytes, expected 1 to {MaxContentLength} bytes in "
                + "all.");
        }

        return new(kind, (int)count, (int)rows, (int)columns);
    }

    /// <summary>The bytes of this head.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)Kind);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), Count);
        if (Kind == IdxKind.Images)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), Rows);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), Columns);
        }

        return bytes;
    }

    private static string Describe(IdxKind kind) => kind == IdxKind.Images ? "IDX images" : "IDX labels";
}
