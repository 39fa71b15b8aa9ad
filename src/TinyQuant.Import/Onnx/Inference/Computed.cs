using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Constants of what was computed.</summary>
internal static class Computed
{
    private const int HalfOfDropped = 0x7fff;

    /// <summary>Reals of a type, each rounded to it once.</summary>
    public static Constant Reals(OnnxType type, ImmutableArray<int> shape, double[] values)
    {
        switch (type)
        {
            case OnnxType.Float64:
                return new Constant(type, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
            case OnnxType.Float16:
                Half[] halves = Array.ConvertAll(values, v => (Half)v);
                return new Constant(type, shape, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
            case OnnxType.BFloat16:
                byte[] bytes = new byte[values.Length * sizeof(ushort)];
                for (int i = 0; i < values.Length; i++)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        bytes.AsSpan(i * sizeof(ushort)), UpperHalf((float)values[i]));
                }

                return new Constant(type, shape, bytes);
            default:
                return new Constant(shape, Array.ConvertAll(values, v => (float)v));
        }
    }

    /// <summary>Integers of a type, which must hold them.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    public static Constant Integers(OnnxType type, ImmutableArray<int> shape, long[] values)
    {
        (long least, long most) = type.Range();
        return Array.TrueForAll(values, v => v >= least && v <= most)
            ? new Constant(type, shape, values)
            : throw new OverflowException();
    }

    /// <summary>The nearest real of 16 bits, halves to even; what is no number stays none.</summary>
    private static ushort UpperHalf(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 1)
            : (ushort)((bits + HalfOfDropped + ((bits >> 16) & 1)) >> 16);
    }
}
