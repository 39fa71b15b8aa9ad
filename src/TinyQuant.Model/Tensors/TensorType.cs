using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>The element type of a tensor, named as in the model file.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>Signed 8-bit codes; with a <see cref="Quantization"/>, real = (q - zero point) * scale.</summary>
    Int8,

    /// <summary>Signed 16-bit codes: states, and activations that need more steps than int8 has.</summary>
    Int16,

    /// <summary>Signed 32-bit integers: biases, accumulators and indexes.</summary>
    Int32,

    /// <summary>
    /// Constants in 4 bits: codes from -8 to 7, two to a byte, the first in the lower half. They compute as int8 does;
    /// see <see cref="Int4Data"/>.
    /// </summary>
    Int4,

    /// <summary>Constants as IEEE 754 binary16. They compute as float32 does.</summary>
    Float16,

    /// <summary>
    /// Unsigned 8-bit codes: inputs and outputs of models whose converter was asked for them. They become int8 or
    /// float32 before anything computes with them.
    /// </summary>
    UInt8,

    /// <summary>True or false, in a byte: 1 or 0.</summary>
    Bool,

    /// <summary>Signed 64-bit integers: biases of int16 activations, indexes and counts.</summary>
    Int64,

    /// <summary>Unsigned 32-bit integers: energies and filter banks of audio front ends.</summary>
    UInt32,

    /// <summary>Unsigned 64-bit integers: sums of energies.</summary>
    UInt64,
}

/// <summary>Names and sizes of <see cref="TensorType"/>.</summary>
public static class TensorTypes
{
    private static readonly ImmutableArray<TensorType> s_all =
    [
        TensorType.Float32, TensorType.Float16, TensorType.Int4, TensorType.Int8, TensorType.UInt8, TensorType.Int16,
        TensorType.Int32, TensorType.Int64, TensorType.UInt32, TensorType.UInt64, TensorType.Bool,
    ];

    /// <summary>
    /// The bytes of one element. An int4 code has half of one: <see cref="ByteLength"/> counts it right.
    /// </summary>
    public static int SizeInBytes(this TensorType type) => type switch
    {
        TensorType.Int8 or TensorType.UInt8 or TensorType.Int4 or TensorType.Bool => sizeof(sbyte),
        TensorType.Int16 or TensorType.Float16 => sizeof(short),
        TensorType.Int64 or TensorType.UInt64 => sizeof(long),
        _ => sizeof(int),
    };

    /// <summary>The bytes of some elements, the last one filled up.</summary>
    public static long ByteLength(this TensorType type, long elements) =>
        type == TensorType.Int4 ? (elements + 1) / 2 : elements * type.SizeInBytes();

    /// <summary>Whether it is a form in which constants are stored and not one in which anything computes.</summary>
    public static bool IsStorage(this TensorType type) => type is TensorType.Int4 or TensorType.Float16;

    /// <summary>The types that something computes in: all but those in which constants are stored.</summary>
    public static ImmutableArray<TensorType> Computing { get; } = [.. s_all.Where(t => !t.IsStorage())];

    /// <summary>The names of all types, for messages.</summary>
    internal static string Names { get; } = Join(s_all);

    /// <summary>The names of some types, for messages: <c>float32, int8 or int16</c>.</summary>
    public static string Join(IReadOnlyCollection<TensorType> types) => types.Count == 1
        ? types.First().ToName()
        : $"{string.Join(", ", types.Take(types.Count - 1).Select(ToName))} or {types.Last().ToName()}";

    /// <summary>The least and the greatest zero point of a tensor of that type.</summary>
    internal static (int Min, int Max) ZeroPoints(this TensorType type) => type switch
    {
        TensorType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        TensorType.UInt8 => (byte.MinValue, byte.MaxValue),
        TensorType.Int16 => (short.MinValue, short.MaxValue),
        TensorType.Int4 => (0, 0),
        _ => (int.MinValue, int.MaxValue),
    };

    /// <summary>The name in a model file, for example <c>float32</c>.</summary>
    public static string ToName(this TensorType type) => type switch
    {
        TensorType.Float32 => "float32",
        TensorType.Int8 => "int8",
        TensorType.UInt8 => "uint8",
        TensorType.Int16 => "int16",
        TensorType.Int4 => "int4",
        TensorType.Float16 => "float16",
        TensorType.Bool => "bool",
        TensorType.Int64 => "int64",
        TensorType.UInt32 => "uint32",
        TensorType.UInt64 => "uint64",
        _ => "int32",
    };

    /// <summary>The type of an element in C#, for example <c>sbyte</c>.</summary>
    public static string ToCSharp(this TensorType type) => type switch
    {
        TensorType.Float32 => "float",
        TensorType.Int8 or TensorType.Int4 => "sbyte",
        TensorType.UInt8 => "byte",
        TensorType.Int16 => "short",
        TensorType.Float16 => "System.Half",
        TensorType.Bool => "bool",
        TensorType.Int64 => "long",
        TensorType.UInt32 => "uint",
        TensorType.UInt64 => "ulong",
        _ => "int",
    };

    /// <summary>The type of that name; false where there is none.</summary>
    public static bool TryParse(string name, out TensorType type)
    {
        foreach (TensorType known in s_all)
        {
            if (known.ToName() == name)
            {
                type = known;
                return true;
            }
        }

        type = default;
        return false;
    }
}
