using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Lowering;

/// <summary>Element types of ONNX as those of a graph.</summary>
internal static class ElementTypes
{
    /// <summary>
    /// Of a value that is computed or given: what a device computes with halves, it does with float32.
    /// </summary>
    /// <exception cref="UnsupportedException">There is none.</exception>
    public static TensorType Of(Value value) => value.Type switch
    {
        OnnxType.Float32 or OnnxType.Float16 or OnnxType.BFloat16 => TensorType.Float32,
        OnnxType.Int8 => TensorType.Int8,
        OnnxType.UInt8 => TensorType.UInt8,
        OnnxType.Int16 => TensorType.Int16,
        OnnxType.Int32 => TensorType.Int32,
        OnnxType.Int64 => TensorType.Int64,
        OnnxType.UInt32 => TensorType.UInt32,
        OnnxType.UInt64 => TensorType.UInt64,
        OnnxType.Bool => TensorType.Bool,
        _ => throw new UnsupportedException(
            $"'{Places.Shown(value.Name)}' is {value.Type.Word()}; expected float32, float16, an integer of 8 to 64 bits "
                + "or bool"),
    };

    /// <summary>Of a constant: reals are float32, or stay float16 to take half of the bytes.</summary>
    public static TensorType OfConstant(Constant constant) => constant.Type switch
    {
        OnnxType.Float16 => TensorType.Float16,
        OnnxType.Float64 => TensorType.Float32,
        _ => Of(new Value("constant") { Type = constant.Type }),
    };
}
