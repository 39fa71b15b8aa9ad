using TinyQuant.Import.Source;
using TinyQuant.Model;

namespace TinyQuant.Import.Checks;

/// <summary>What a tensor must hold by itself, before an operator looks at it.</summary>
internal static class TensorChecks
{
    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? Find(SourceTensor tensor, bool isFolded) =>
        TypeError(tensor) ?? ShapeError(tensor) ?? DataError(tensor, isFolded)
        ?? (StandsForReals(tensor, isFolded) ? QuantizationError(tensor) : null);

    /// <summary>
    /// Whether a model file says its scale: it holds codes. A float32 tensor holds reals, and an int32 or int64
    /// constant is a bias, whose scale is the accumulator's, or no real at all.
    /// </summary>
    public static bool StandsForReals(SourceTensor tensor, bool isFolded) => tensor.Type switch
    {
        SourceType.Float32 or SourceType.Bool => false,
        SourceType.Int32 or SourceType.Int64 => !tensor.IsConstant && !isFolded,
        _ => true,
    };

    /// <summary>What is wrong with shape and size of a tensor of a type that a model file has.</summary>
    public static string? ShapeError(SourceTensor tensor)
    {
        if (tensor.Shape.Length > ModelLimits.Dimensions || tensor.Shape.Any(d => d < 1))
        {
            return $"expected at most {ModelLimits.Dimensions} dimensions, each at least 1 and known before the "
                + "model runs";
        }

        return tensor.ElementCount * (long)tensor.Type.ToModel()!.Value.SizeInBytes() is > ModelLimits.TensorBytes
            or null
            ? $"it is too large; expected at most {ModelLimits.TensorBytes} bytes"
            : null;
    }

    private static string? TypeError(SourceTensor tensor) =>
        tensor.Type.ToModel() is null
            ? $"type {tensor.TypeName} is not supported; expected {TensorTypes.Join(TensorTypes.Computing)}"
        : tensor is { Type: SourceType.Int4, IsConstant: false }
            ? "it is int4 and has no data, which is supported of constants alone"
        : tensor.IsSparse ? "sparse tensors are not supported"
        : null;

    private static string? DataError(SourceTensor tensor, bool isFolded)
    {
        if (tensor.Buffer.IsOutside)
        {
            return "its data lies behind the flatbuffer, as in models of 2 GB and more, which is not supported";
        }

        if (tensor.IsVariable && (tensor.IsConstant || isFolded))
        {
            return "it is variable and has data; expected one or the other";
        }

        long bytes = tensor.Type.ToModel()!.Value.ByteLength(tensor.ElementCount!.Value);
        return tensor.IsConstant && tensor.Buffer.Data.Length != bytes
            ? Invariant($"it has {tensor.Buffer.Data.Length} bytes of data; its type and shape expect {bytes}")
            : null;
    }

    private static string? QuantizationError(SourceTensor tensor)
    {
        SourceQuantization quantization = tensor.Quantization;
        int count = quantization.Scales.Length;
        if (quantization.IsCustom)
        {
            return "it is quantized in a way of its own; expected scales and zero points";
        }

        bool mayBeZero = count > 1 && tensor.IsConstant;
        if (quantization.Scales.Any(s => !(s > 0 || (s == 0 && mayBeZero)) || float.IsInfinity(s)))
        {
            return "it has a scale that is not positive and finite";
        }

        if (count > 1 && (quantization.Axis < 0 || quantization.Axis >= tensor.Shape.Length
            || tensor.Shape[quantization.Axis] != count))
        {
            return Invariant($"it has {count} scales along dimension {quantization.Axis}; expected one, or one ")
                + "for each slice";
        }

        (int least, int most) = tensor.Type switch
        {
            SourceType.Int4 => (0, 0),
            SourceType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            SourceType.UInt8 => (byte.MinValue, byte.MaxValue),
            SourceType.Int16 => (short.MinValue, short.MaxValue),
            _ => (int.MinValue, int.MaxValue),
        };
        bool fits = quantization.ZeroPoints.Length <= 1 || quantization.ZeroPoints.Length == count;
        return fits && quantization.ZeroPoints.All(z => z >= least && z <= most && z == quantization.ZeroPoints[0])
            ? null
            : Invariant($"it has {quantization.ZeroPoints.Length} zero points; expected one for all slices, from ")
                + Invariant($"{least} to {most}");
    }
}
