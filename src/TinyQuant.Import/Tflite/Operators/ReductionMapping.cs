using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// MEAN, SUM, REDUCE_MAX, REDUCE_MIN and REDUCE_ALL along axes, ARG_MAX, ARG_MIN and CUMSUM along one.
/// </summary>
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

    public static MappedOperator All(OperatorSource source)
    {
        (ImmutableArray<int> axes, bool keepDims) = Axes(source);
        return source.Map((inputs, outputs) => new ReduceAll(inputs[0], outputs[0], axes, keepDims), 0);
    }

    public static MappedOperator ArgMax(OperatorSource source)
    {
        int axis = AxisOfIndexes(source, options: 40);
        return source.Map((inputs, outputs) => new ArgMax(inputs[0], outputs[0], axis), 0);
    }

    public static MappedOperator ArgMin(OperatorSource source)
    {
        int axis = AxisOfIndexes(source, options: 57);
        return source.Map((inputs, outputs) => new ArgMin(inputs[0], outputs[0], axis), 0);
    }

    public static MappedOperator Cumsum(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 102, fields: 2);
        (int axis, bool isExclusive, bool isReverse) = (Axis(source), options.Flag(0), options.Flag(1));
        return source.Map((inputs, outputs) => new Cumsum(inputs[0], outputs[0], axis, isExclusive, isReverse), 0);
    }

    private static int AxisOfIndexes(OperatorSource source, int options)
    {
        var type = (TfliteType)source.Options(options, fields: 1).UInt8(0);
        // FLOAT32 is 0, where the file does not say.
        return type is TfliteType.Int32 or TfliteType.Int64 or TfliteType.Float32
            ? Axis(source)
            : throw new UnsupportedException($"its output type is {type.ToName()}; expected int32 or int64");
    }

    private static int Axis(OperatorSource source) => OperatorContext.Axis(
        source.Integers(1, "the axis", count: 1)[0], source.InputTensor(0).Shape.Length);

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
