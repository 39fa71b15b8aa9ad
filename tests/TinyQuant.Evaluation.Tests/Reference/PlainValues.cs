using System.Runtime.InteropServices;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>Bytes of tensors as numbers.</summary>
internal static class PlainValues
{
    /// <summary>Integers, or reals, as they are in the bytes.</summary>
    public static double[] Codes(Tensor tensor, byte[] bytes) => tensor.Type switch
    {
        TensorType.Int8 => [.. MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray().Select(v => (double)v)],
        TensorType.Int16 => [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(v => (double)v)],
        TensorType.Int32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(v => (double)v)],
        _ => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(v => (double)v)],
    };

    /// <summary>Those of a constant.</summary>
    public static double[] Codes(Tensor constant) => Codes(constant, [.. constant.Data!.Value]);

    /// <summary>Those of an activation, less its zero point.</summary>
    public static double[] Of(Tensor tensor, byte[] bytes) =>
        [.. Codes(tensor, bytes).Select(v => v - (tensor.Quantization?.ZeroPoint ?? 0))];
}
