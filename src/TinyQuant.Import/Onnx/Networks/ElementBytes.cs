using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Elements of all types, from bytes as files have them and back.</summary>
internal static class ElementBytes
{
    /// <summary>A real whose bits are the upper half of a float32's.</summary>
    public static float BFloat16(ReadOnlySpan<byte> bytes, int i) =>
        BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);

    /// <exception cref="UnsupportedException">One is more than an int64 holds.</exception>
    public static long[] ToIntegers(OnnxType type, ReadOnlySpan<byte> bytes, int count)
    {
        var integers = new long[count];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = type switch
            {
                OnnxType.UInt4 => Nibble(bytes, i),
                OnnxType.Int4 => (Nibble(bytes, i) ^ 8) - 8,
                OnnxType.Bool => bytes[i] == 0 ? 0 : 1,
                OnnxType.UInt8 => bytes[i],
                OnnxType.Int8 => (sbyte)bytes[i],
                OnnxType.UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes)[i],
                OnnxType.Int16 => MemoryMarshal.Cast<byte, short>(bytes)[i],
                OnnxType.UInt32 => MemoryMarshal.Cast<byte, uint>(bytes)[i],
                OnnxType.Int32 => MemoryMarshal.Cast<byte, int>(bytes)[i],
                OnnxType.UInt64 => Signed(MemoryMarshal.Cast<byte, ulong>(bytes)[i]),
                _ => MemoryMarshal.Cast<byte, long>(bytes)[i],
            };
        }

        return integers;
    }

    /// <summary>Elements of a type that holds their values.</summary>
    public static byte[] FromIntegers(OnnxType type, ReadOnlySpan<long> integers)
    {
        var bytes = new byte[type.ByteLength(integers.Length)];
        int size = type.Bits() / 8;
        for (int i = 0; i < integers.Length; i++)
        {
            if (size == 0)
            {
                bytes[i / 2] |= (byte)((integers[i] & 15) << (4 * (i % 2)));
                continue;
            }

            for (int b = 0; b < size; b++)
            {
                bytes[(i * size) + b] = (byte)(integers[i] >> (8 * b));
            }
        }

        return bytes;
    }

    private static int Nibble(ReadOnlySpan<byte> bytes, int i) => (bytes[i / 2] >> (4 * (i % 2))) & 15;

    private static long Signed(ulong value) => value <= long.MaxValue ? (long)value : throw new UnsupportedException(
        Invariant($"a constant has the value {value}, which is more than an int64 holds"));
}
