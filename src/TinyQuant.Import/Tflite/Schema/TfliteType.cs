using TinyQuant.Model;

namespace TinyQuant.Import.Schema;

/// <summary>Element types by their published numbers (<c>TensorType</c> in <c>schema.fbs</c>).</summary>
internal enum TfliteType : byte
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    String = 5,
    Bool = 6,
    Int16 = 7,
    Complex64 = 8,
    Int8 = 9,
    Float64 = 10,
    Complex128 = 11,
    UInt64 = 12,
    Resource = 13,
    Variant = 14,
    UInt32 = 15,
    UInt16 = 16,
    Int4 = 17,
    BFloat16 = 18,
}

/// <summary>What the types are here.</summary>
internal static class TfliteTypes
{
    public static string ToName(this TfliteType type) =>
        type <= TfliteType.BFloat16 ? type.ToString().ToLowerInvariant() : $"type {(byte)type}";

    /// <summary>The type in a model file; null where it has none for it.</summary>
    public static TensorType? ToModel(this TfliteType type) => type switch
    {
        TfliteType.Float32 => TensorType.Float32,
        TfliteType.Int8 => TensorType.Int8,
        TfliteType.UInt8 => TensorType.UInt8,
        TfliteType.Int16 => TensorType.Int16,
        TfliteType.Int32 => TensorType.Int32,
        _ => null,
    };
}
