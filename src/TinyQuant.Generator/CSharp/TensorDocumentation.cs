using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A tensor in words, for documentation and comments.</summary>
internal static class TensorDocumentation
{
    /// <summary>Name, type and shape and, where it is quantized, what a code means and which reals there are.</summary>
    public static string Describe(Tensor tensor) => tensor.Quantization is { } q
        ? $"{tensor}, real = {Code(q.ZeroPoint)} * "
            + $"{Literals.Float(q.Scale).TrimEnd('f')}{Range(tensor.Type, q.Scale, q.ZeroPoint)}"
        : tensor.ToString();

    private static string Range(TensorType type, double scale, int zeroPoint) => type switch
    {
        TensorType.Int8 => Range((sbyte.MinValue - zeroPoint) * scale, (sbyte.MaxValue - zeroPoint) * scale),
        TensorType.UInt8 => Range((byte.MinValue - zeroPoint) * scale, (byte.MaxValue - zeroPoint) * scale),
        TensorType.Int16 => Range((short.MinValue - zeroPoint) * scale, (short.MaxValue - zeroPoint) * scale),
        _ => "",
    };

    private static string Range(double least, double greatest) =>
        string.Format(CultureInfo.InvariantCulture, ", from {0:G4} to {1:G4}", least, greatest);

    private static string Code(int zeroPoint) => zeroPoint switch
    {
        0 => "code",
        < 0 => Invariant($"(code + {-zeroPoint})"),
        _ => Invariant($"(code - {zeroPoint})"),
    };
}
