using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyQuant.Data;
using TinyQuant.Model;

namespace TinyQuant.Training.Codes;

/// <summary>The data of constant tensors, which is little-endian, from and to numbers.</summary>
internal static class Constants
{
    public static ImmutableArray<byte> FromFloats(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    public static ImmutableArray<byte> FromInts(ReadOnlySpan<int> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    public static ImmutableArray<byte> FromCodes(ReadOnlySpan<sbyte> codes) =>
        [.. MemoryMarshal.AsBytes(codes)];

    /// <exception cref="ArgumentException">The tensor is no float32 constant, or a value is not finite.</exception>
    public static float[] Floats(Tensor tensor)
    {
        float[] values = Raw(tensor);
        return NonFinite.IndexIn(values) is >= 0 and int at
            ? throw new ArgumentException(
                FormattableString.Invariant($"'{tensor}' holds {values[at]} at {at}; expected finite numbers."),
                nameof(tensor))
            : values;
    }

    /// <summary>The same, finite or not.</summary>
    /// <exception cref="ArgumentException">The tensor is no float32 constant.</exception>
    public static float[] Raw(Tensor tensor)
    {
        if (tensor.Type != TensorType.Float32 || tensor.Data is not { } data)
        {
            throw new ArgumentException($"'{tensor}' is not a float32 constant.", nameof(tensor));
        }

        float[] values = new float[tensor.ElementCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(data.AsSpan().Slice(i * sizeof(float), sizeof(float)));
        }

        return values;
    }
}
