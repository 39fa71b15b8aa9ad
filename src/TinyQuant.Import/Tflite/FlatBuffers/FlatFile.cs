using System.Runtime.InteropServices;
using System.Text;
using Google.FlatBuffers;

namespace TinyQuant.Import.Tflite.FlatBuffers;

/// <summary>
/// A flatbuffer in memory. Google's own <c>Table</c> follows offsets without looking; here every offset is checked
/// against the length before anything is read. Offsets are forward and depth is that of the schema, so reading ends.
/// </summary>
internal sealed class FlatFile
{
    private const int IdentifierLength = 4;

    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ByteBuffer _bytes;
    private readonly Budget _budget;

    /// <exception cref="MalformedFileException">It is too short, or of another kind.</exception>
    public FlatFile(ReadOnlyMemory<byte> memory, string identifier, Budget budget)
    {
        _memory = memory;
        _bytes = new ByteBuffer(ArrayOf(memory));
        _budget = budget;
        if (memory.Length < sizeof(int) + IdentifierLength)
        {
            throw new MalformedFileException(
                $"it has {memory.Length} bytes; expected at least {sizeof(int) + IdentifierLength}, with the "
                    + $"identifier '{identifier}'");
        }

        string found = Encoding.Latin1.GetString(memory.Span.Slice(sizeof(int), IdentifierLength));
        if (found != identifier)
        {
            throw new MalformedFileException($"its identifier is '{Printable(found)}'; expected '{identifier}'");
        }
    }

    public FlatTable Root => new(this, Follow(0));

    public byte UInt8(int at) => _bytes.Get(Checked(at, sizeof(byte)));

    public ushort UInt16(int at) => _bytes.GetUshort(Checked(at, sizeof(ushort)));

    public int Int32(int at) => _bytes.GetInt(Checked(at, sizeof(int)));

    public long Int64(int at) => _bytes.GetLong(Checked(at, sizeof(long)));

    public float Float32(int at) => _bytes.GetFloat(Checked(at, sizeof(float)));

    /// <summary>The position that an offset at this position leads to.</summary>
    public int Follow(int at)
    {
        long target = at + (long)(uint)Int32(at);
        return target <= _memory.Length - sizeof(int) ? (int)target : throw new MalformedFileException(
            Invariant($"the offset at byte {at} leads to byte {target}, outside of its {_memory.Length} bytes; it ")
                + "is damaged or cut off");
    }

    /// <summary>Bytes that are there for certain, without a copy.</summary>
    public ReadOnlyMemory<byte> Slice(int at, int length) => _memory.Slice(Checked(at, length), length);

    public void Charge(long bytes) => _budget.Charge(bytes);

    /// <summary>The position, if that many bytes lie there.</summary>
    public int Checked(int at, long length) =>
        at >= 0 && length >= 0 && at + length <= _memory.Length ? at : throw new MalformedFileException(
        Invariant($"{length} bytes at byte {at} lie outside of its {_memory.Length} bytes; it is damaged or cut off"));

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment) && segment.Offset == 0
            && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();

    private static string Printable(string text) => new([.. text.Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
