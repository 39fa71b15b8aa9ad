using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Tensors as numbers.</summary>
internal static class PlainValues
{
    /// <summary>A constant's codes or reals.</summary>
    public static double[] Codes(Tensor constant) => TensorValues.Decode(constant.Type, [.. constant.Data!.Value]);

    /// <summary>An activation's codes less its zero point, or its reals.</summary>
    public static double[] Of(Tensor tensor, byte[] bytes) =>
        [.. TensorValues.Decode(tensor.Type, bytes).Select(v => v - (tensor.Quantization?.ZeroPoint ?? 0))];
}
