using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>
/// The elements of a tensor of any type as doubles, which hold every code and every float32, and back.
/// </summary>
internal static class TensorValues
{
    public static double[] Decode(TensorType type, byte[] bytes) => type switch
    {
        TensorType.Float32 => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), x => (double)x),
        TensorType.Int8 => Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(), x => (double)x),
        TensorType.UInt8 or TensorType.Bool => Array.ConvertAll(bytes, x => (double)x),
        TensorType.Int64 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (double)x),
        TensorType.UInt32 => Array.ConvertAll(MemoryMarshal.Cast<byte, uint>(bytes).ToArray(), x => (double)x),
        TensorType.UInt64 => Array.ConvertAll(MemoryMarshal.Cast<byte, ulong>(bytes).ToArray(), x => (double)x),
        TensorType.Int16 => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), x => (double)x),
        _ => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), x => (double)x),
    };

    /// <summary>
    /// Codes: all of them in turn in the first run, the ends of their range now and then, else random. Wider integers
    /// are small in every third run, as indexes are. Reals: of different sizes from run to run, zeros now and then.
    /// </summary>
    public static byte[] Random(Tensor tensor, Random random, int run)
    {
        var bytes = new byte[tensor.ByteLength];
        if (tensor.Type != TensorType.Float32)
        {
            random.NextBytes(bytes);
            if (tensor.Type == TensorType.Bool)
            {
                foreach (ref byte value in bytes.AsSpan())
                {
                    value &= 1;
                }
            }
            else if (tensor.Type is TensorType.Int32 or TensorType.Int64 && run % 3 == 1)
            {
                MakeIndexes(bytes, tensor.Type.SizeInBytes(), random);
            }
            else if (tensor.Type is TensorType.Int8 or TensorType.UInt8 && run == 0)
            {
                int first = random.Next(256);
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)(first + i);
                }
            }
            else if (tensor.Type == TensorType.Int8 && run % 5 == 4)
            {
                Array.Fill(bytes, random.Next(2) == 0 ? (byte)0x80 : (byte)0x7f);
            }

            return bytes;
        }

        float size = run % 3 == 0 ? 20 : run % 3 == 1 ? 3 : 0.1f;
        foreach (ref float value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
        {
            value = random.Next(20) == 0 ? 0 : size * ((2 * random.NextSingle()) - 1);
        }

        return bytes;
    }

    private static void MakeIndexes(byte[] bytes, int size, Random random)
    {
        Array.Clear(bytes);
        for (int i = 0; i < bytes.Length; i += size)
        {
            bytes[i] = (byte)random.Next(8);
        }
    }
}
