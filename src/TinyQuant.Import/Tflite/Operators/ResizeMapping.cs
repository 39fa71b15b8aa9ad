using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR, to the size of the output.</summary>
internal static class ResizeMapping
{
    public static MappedOperator NearestNeighbor(OperatorSource source)
    {
        (bool align, bool half) = Options(source, source.Options(type: 74, fields: 2), 0);
        return source.Map((inputs, outputs) => new ResizeNearestNeighbor(inputs[0], outputs[0], align, half), 0);
    }

    /// <summary>The first two options were the size, long ago.</summary>
    public static MappedOperator Bilinear(OperatorSource source)
    {
        (bool align, bool half) = Options(source, source.Options(type: 15, fields: 4), 2);
        return source.Map(
            (inputs, outputs) => new ResizeBilinear(
                inputs[0], outputs[0], align, half, isLegacy: source.IsLegacy), 0);
    }

    private static (bool AlignCorners, bool HalfPixelCenters) Options(
        OperatorSource source, OperatorOptions options, int alignCorners)
    {
        OutputShapes.RequireSameSize(source, input: 1);
        return (options.Flag(alignCorners), options.Flag(alignCorners + 1));
    }
}
