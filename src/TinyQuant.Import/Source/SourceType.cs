using TinyQuant.Model;

namespace TinyQuant.Import.Source;

/// <summary>The element types of files that something is done with here.</summary>
internal enum SourceType
{
    /// <summary>One that no model file has and nothing here reads.</summary>
    Other,
    Float32,
    Float16,
    Int4,
    Int8,
    UInt8,
    Int16,
    Int32,
    Int64,
    Bool,
    UInt32,
    UInt64,
}

/// <summary>What the types are here.</summary>
internal static class SourceTypes
{
    /// <summary>The type in a model file; null where it has none for it.</summary>
    public static TensorType? ToModel(this SourceType type) => type switch
    {
        SourceType.Float32 => TensorType.Float32,
        SourceType.Int4 => TensorType.Int4,
        SourceType.Int8 => TensorType.Int8,
        SourceType.UInt8 => TensorType.UInt8,
        SourceType.Int16 => TensorType.Int16,
        SourceType.Int32 => TensorType.Int32,
        SourceType.Int64 => TensorType.Int64,
        SourceType.Bool => TensorType.Bool,
        SourceType.UInt32 => TensorType.UInt32,
        SourceType.UInt64 => TensorType.UInt64,
        _ => null,
    };
}
