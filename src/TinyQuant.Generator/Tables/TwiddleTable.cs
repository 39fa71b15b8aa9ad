using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>
/// Factors of a Fourier transform as kissfft makes them, in double: <c>floor(0.5 + cos · MAX)</c> for integers, where
/// MAX is the greatest, and rounded to float32 for reals.
/// </summary>
internal static class TwiddleTable
{
    /// <summary>exp(∓2πi · k / count) for each k below count, real and imaginary parts in turn.</summary>
    public static byte[] Bytes(TensorType type, int count, bool isInverse) =>
        Of(type, count, isInverse, k => -2 * Math.PI * k / count);

    /// <summary>exp(∓πi · (k / count + 1/2)) for each k from 1 to count / 2.</summary>
    public static byte[] HalfBytes(TensorType type, int count, bool isInverse) =>
        Of(type, count / 2, isInverse, k => -Math.PI * (((double)(k + 1) / count) + 0.5));

    private static byte[] Of(TensorType type, int length, bool isInverse, Func<int, double> phase)
    {
        byte[] bytes = new byte[2 * length * type.SizeInBytes()];
        for (int k = 0; k < length; k++)
        {
            double angle = isInverse ? -phase(k) : phase(k);
            Put(type, bytes, 2 * k, Math.Cos(angle));
            Put(type, bytes, (2 * k) + 1, Math.Sin(angle));
        }

        return bytes;
    }

    private static void Put(TensorType type, byte[] bytes, int index, double value)
    {
        switch (type)
        {
            case TensorType.Int16:
                MemoryMarshal.Cast<byte, short>(bytes.AsSpan())[index] = (short)Math.Floor(
                    0.5 + (short.MaxValue * value));
                break;
            case TensorType.Int32:
                MemoryMarshal.Cast<byte, int>(bytes.AsSpan())[index] = (int)Math.Floor(0.5 + (int.MaxValue * value));
                break;
            default:
                MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[index] = (float)value;
                break;
        }
    }
}
