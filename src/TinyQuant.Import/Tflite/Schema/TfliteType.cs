using TinyQuant.Import.Source;

namespace TinyQuant.Import.Tflite.Schema;

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

    /// <summary>The type, where something is done with it.</summary>
    public static SourceType ToSource(this TfliteType type) => type switch
    {
        TfliteType.Float32 => SourceType.Float32,
        TfliteType.Float16 => SourceType.Float16,
        TfliteType.Int4 => SourceType.Int4,
        TfliteType.Int8 => SourceType.Int8,
        TfliteType.UInt8 => SourceType.UInt8,
        TfliteType.Int16 => SourceType.Int16,
        TfliteType.Int32 => SourceType.Int32,
        TfliteType.Int64 => SourceType.Int64,
        TfliteType.Bool => SourceType.Bool,
        TfliteType.UInt32 => SourceType.UInt32,
        TfliteType.UInt64 => SourceType.UInt64,
        _ => SourceType.Other,
    };
}
