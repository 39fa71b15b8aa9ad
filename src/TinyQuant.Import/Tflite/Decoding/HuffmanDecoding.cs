using System.Buffers.Binary;
using TinyQuant.Import.Source;

namespace TinyQuant.Import.Tflite.Decoding;

/// <summary>
/// Codes of different lengths, found in steps through a table. An entry is, from its high end, whether the symbol is
/// found (1 bit), a count of bits (4), and a value: the symbol, whose code takes that many bits of those read last; or,
/// where it is not found, what leads on to the part of the table for as many bits and one.
/// </summary>
internal static class HuffmanDecoding
{
    private const int CountBits = 4;

    /// <exception cref="UnsupportedException">A bit or an entry is not there, or the type is another.</exception>
    public static byte[] Decode(CompressedTensor tensor)
    {
        bool isWide = (tensor.Header[5] & 1) != 0;
        SourceType type = tensor.Output.Type;
        if (type is not (SourceType.Int8 or SourceType.Int16) || (type == SourceType.Int16 && !isWide))
        {
            throw new UnsupportedException(
                $"Huffman codes of {tensor.Output.TypeAndShape} are not supported; expected int8, or int16 with "
                    + "entries of 32 bits");
        }

        var bits = new BitReader(tensor.Encoded.Span);
        int first = (tensor.Header[5] >> 4) + 1;
        byte[] decoded = new byte[tensor.Elements * tensor.ElementBytes];
        for (int i = 0; i < tensor.Elements; i++)
        {
            uint symbol = Symbol(ref bits, tensor, first, isWide);
            decoded[i * tensor.ElementBytes] = (byte)symbol;
            if (type == SourceType.Int16)
            {
                decoded[(i * sizeof(short)) + 1] = (byte)(symbol >> 8);
            }
        }

        return decoded;
    }

    private static uint Symbol(ref BitReader bits, CompressedTensor tensor, int first, bool isWide)
    {
        int read = first;
        long index = bits.Read(first);
        while (true)
        {
            (bool isFound, int count, uint value) = Entry(tensor.Table, index, isWide);
            if (isFound)
            {
                bits.Return(read - Math.Min(read, count));
                return bits.IsInside ? value : throw tensor.TooShort();
            }

            read = count + 1;
            index += value + (long)bits.Read(read);
            if (bits.Position > (8L * tensor.Encoded.Length) + 32)
            {
                throw tensor.TooShort();
            }
        }
    }

    private static (bool IsFound, int Count, uint Value) Entry(ReadOnlySpan<byte> table, long index, bool isWide)
    {
        int size = isWide ? sizeof(uint) : sizeof(ushort);
        if (index >= table.Length / size)
        {
            throw new UnsupportedException(
                Invariant($"a Huffman code leads to entry {index} of {table.Length / size}"));
        }

        ReadOnlySpan<byte> bytes = table.Slice((int)index * size, size);
        uint entry = isWide
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        int valueBits = (8 * size) - 1 - CountBits;
        return (entry >> (valueBits + CountBits) != 0,
            (int)(entry >> valueBits) & ((1 << CountBits) - 1), entry & ((1u << valueBits) - 1));
    }
}
