using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>MEAN, SUM, REDUCE_MAX and REDUCE_MIN along axes, and ARG_MAX along one.</summary>
internal static class ReductionMapping
{
    public static MappedOperator Mean(OperatorSource source)
    {
        (ImmutableArray<int> axes, bool keepDims) = Axes(source);
        return source.Map((inputs, outputs) => new Mean(inputs[0], outputs[0], axes, keepDims), 0);
    }

    public static MappedOperator Sum(OperatorSource source)
    {
        (ImmutableArray<int> axes, bool keepDims) = Axes(source);
        return source.Map((inputs, outputs) => new Sum(inputs[0], outputs[0], axes, keepDims), 0);
    }

    public static MappedOperator Max(OperatorSource source)
    {
        (ImmutableArray<int> axes, bool keepDims) = Axes(source);
        return source.Map((inputs, outputs) => new ReduceMax(inputs[0], outputs[0], axes, keepDims), 0);
    }

    public static MappedOperator Min(OperatorSource source)
    {
        (ImmutableArray<int> axes, bool keepDims) = Axes(source);
        return source.Map((inputs, outputs) => new ReduceMin(inputs[0], outputs[0], axes, keepDims), 0);
    }

    public static MappedOperator ArgMax(OperatorSource source)
    {
        var type = (TfliteType)source.Options(type: 40, fields: 1).UInt8(0);
        if (type is not (TfliteType.Int32 or TfliteType.Float32)) // 0, which is FLOAT32, where the file does not say
        {
            throw new UnsupportedException($"its output type is {type.ToName()}; expected int32");
        }

        int axis = OperatorContext.Axis(
            source.Integers(1, "the axis", count: 1)[0], source.InputTensor(0).Shape.Length);
        return source.Map((inputs, outputs) => new ArgMax(inputs[0], outputs[0], axis), 0);
    }

    private static (ImmutableArray<int> Axes, bool KeepDims) Axes(OperatorSource source)
    {
        bool keepsDimensions = source.Options(type: 27, fields: 1).Flag(0);
        int rank = source.InputTensor(0).Shape.Length;
        int[] axes = [.. source.Integers(1, "the axes").Select(a => OperatorContext.Axis(a, rank)).Distinct().Order()];
        return axes.Length == 0
            ? throw new UnsupportedException("it reduces along no axis; expected one at least")
            : ([.. axes], keepsDimensions);
    }
}
