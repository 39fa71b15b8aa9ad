using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Schema;

/// <summary>Reads the tables <c>Tensor</c> and <c>QuantizationParameters</c>.</summary>
internal static class TensorReader
{
    private const int MostDimensions = 64;

    public static SourceTensor Read(FlatTable table, int index, ImmutableArray<SourceBuffer> buffers)
    {
        int buffer = table.Int32(2);
        if ((buffer < 0 || buffer >= buffers.Length) && buffer != 0)
        {
            throw new MalformedFileException(
                Invariant($"tensor {index} has buffer {buffer} of {buffers.Length}; it is damaged"));
        }

        FlatVector shape = table.Vector(0, sizeof(int));
        string name = table.String(3) ?? "";
        if (shape.Count > MostDimensions || name.Length > ModelLimits.NameLength)
        {
            throw new MalformedFileException(
                Invariant($"tensor {index} has {shape.Count} dimensions and a name of {name.Length} characters; ")
                + $"expected at most {MostDimensions} and {ModelLimits.NameLength}");
        }

        FlatVector signature = table.Vector(7, sizeof(int));
        var type = (TfliteType)table.UInt8(1);
        return new SourceTensor
        {
            Index = index,
            Name = name,
            Type = type.ToSource(),
            TypeName = type.ToName(),
            Shape = [.. shape.ToInt32()],
            Signature = signature.Count == shape.Count ? [.. signature.ToInt32()] : [],
            Buffer = buffer < buffers.Length ? buffers[buffer] : default,
            Quantization = table.Has(4) ? ReadQuantization(table.Table(4)) : SourceQuantization.None,
            IsVariable = table.Flag(5),
            IsSparse = table.Has(6),
        };
    }

    private static SourceQuantization ReadQuantization(FlatTable table)
    {
        FlatVector scales = table.Vector(2, sizeof(float));
        FlatVector zeroPoints = table.Vector(3, sizeof(long));
        scales.Charge();
        zeroPoints.Charge();
        return new SourceQuantization
        {
            Scales = [.. Enumerable.Range(0, scales.Count).Select(scales.Float32)],
            ZeroPoints = [.. Enumerable.Range(0, zeroPoints.Count).Select(zeroPoints.Int64)],
            Axis = table.Int32(6),
            IsCustom = table.UInt8(4) != 0,
        };
    }
}
