namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Element types, with the numbers of <c>TensorProto.DataType</c> in <c>onnx.proto</c>.</summary>
internal enum OnnxType
{
    /// <summary>Not said; or not known yet.</summary>
    Undefined = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
    Float8E4M3FN = 17,
    Float8E4M3FNUZ = 18,
    Float8E5M2 = 19,
    Float8E5M2FNUZ = 20,
    UInt4 = 21,
    Int4 = 22,
    Float4E2M1 = 23,
    Float8E8M0 = 24,
    UInt2 = 25,
    Int2 = 26,
}

/// <summary>What the types are here.</summary>
internal static class OnnxTypes
{
    private const int MostNumber = 26;

    /// <summary>Bits of an element; 0 for a type that nothing here computes with.</summary>
    public static int Bits(this OnnxType type) => type switch
    {
        OnnxType.Int4 or OnnxType.UInt4 => 4,
        OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Bool => 8,
        OnnxType.Int16 or OnnxType.UInt16 or OnnxType.Float16 or OnnxType.BFloat16 => 16,
        OnnxType.Int32 or OnnxType.UInt32 or OnnxType.Float32 => 32,
        OnnxType.Int64 or OnnxType.UInt64 or OnnxType.Float64 => 64,
        _ => 0,
    };

    /// <summary>Whether elements are reals.</summary>
    public static bool IsReal(this OnnxType type) => type is
        OnnxType.Float32 or OnnxType.Float16 or OnnxType.BFloat16 or OnnxType.Float64;

    /// <summary>Whether elements of both are reals, whose sizes differ where one is known and one computed.</summary>
    public static bool IsRealAs(this OnnxType type, OnnxType other) => type.IsReal() && other.IsReal();

    /// <summary>Whether elements are integers, or truths, which are 0 and 1.</summary>
    public static bool IsInteger(this OnnxType type) => type.Bits() > 0 && !type.IsReal();

    /// <summary>The least and greatest value of an integer type; a uint64 ends at the greatest int64 here.</summary>
    public static (long Least, long Most) Range(this OnnxType type) => type switch
    {
        OnnxType.Bool => (0, 1),
        OnnxType.UInt64 => (0, long.MaxValue),
        OnnxType.Int64 => (long.MinValue, long.MaxValue),
        OnnxType.UInt4 or OnnxType.UInt8 or OnnxType.UInt16 or OnnxType.UInt32 => (0, (1L << type.Bits()) - 1),
        _ => (-(1L << (type.Bits() - 1)), (1L << (type.Bits() - 1)) - 1),
    };

    /// <summary>Bytes of so many elements; those of 4 bits are two to a byte.</summary>
    public static long ByteLength(this OnnxType type, long count) => ((count * type.Bits()) + 7) / 8;

    /// <summary>The name, for messages: <c>float32</c>.</summary>
    public static string Word(this OnnxType type) => type switch
    {
        OnnxType.Undefined => "no type",
        >= 0 and <= (OnnxType)MostNumber => type.ToString().ToLowerInvariant(),
        _ => Invariant($"type {(int)type}"),
    };
}
