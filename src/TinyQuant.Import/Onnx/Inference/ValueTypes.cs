using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Types of what is computed on a device.</summary>
internal static class ValueTypes
{
    /// <summary>For messages.</summary>
    public const string Expected = "float32, int8, uint8, int32, int64 or bool";

    public static bool IsSupported(OnnxType type) => type is
        OnnxType.Float32 or OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Int32 or OnnxType.Int64 or OnnxType.Bool;

    /// <summary>
    /// Whether it is of what no device computes here, text above all, in which models say labels; a model may be used
    /// without.
    /// </summary>
    public static bool IsForeign(OnnxType type) =>
        type == OnnxType.String || (type.IsInteger() && !IsSupported(type));
}
