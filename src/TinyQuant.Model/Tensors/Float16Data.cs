using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyQuant.Model;

/// <summary>IEEE 754 binary16 as float32; the compiler's runtime has no type for it.</summary>
internal static class Float16Data
{
    private const float LeastStep = 1f / (1 << 24);
    private const float Greatest = 65504f;

    /// <summary>The same tensor in float32, value by value.</summary>
    public static Tensor Widen(Tensor tensor)
    {
        ReadOnlySpan<byte> data = tensor.Data!.Value.AsSpan();
        float[] values = new float[tensor.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data.Slice(i * sizeof(ushort))));
        }

        return tensor.WidenedTo(TensorType.Float32, tensor.Quantization,
            ImmutableArray.Create(MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }

    /// <summary>Whether a number can be float16 without a change.</summary>
    public static bool Holds(float value)
    {
        float magnitude = Math.Abs(value);
        // Eleven significant bits, and no step finer than the least.
        float step = LeastStep;
        while (magnitude >= step * (1 << 11) && step < Greatest)
        {
            step *= 2;
        }

        return magnitude <= Greatest && magnitude / step == (float)Math.Floor(magnitude / step);
    }

    private static float ToSingle(ushort bits)
    {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = exponent switch
        {
            0 => fraction * LeastStep,
            0x1F => fraction == 0 ? float.PositiveInfinity : float.NaN,
            _ => (float)((1024 + fraction) * Math.Pow(2, exponent - 25)),
        };
        return (bits & 0x8000) != 0 ? -magnitude : magnitude;
    }
}
