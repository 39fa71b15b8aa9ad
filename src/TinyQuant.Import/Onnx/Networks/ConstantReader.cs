using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Tensors of a file as constants.</summary>
internal static class ConstantReader
{
    /// <summary>The same elements, not copied.</summary>
    public static Constant Of(OnnxTensor tensor) => tensor.Type == OnnxType.String
        ? new Constant(tensor.Dimensions, tensor.Strings)
        : new Constant(tensor.Type, tensor.Dimensions, tensor.Data);
}
