using TinyQuant.Import.Schema;

namespace TinyQuant.Import.Operators;

/// <summary>MEAN, SUM, REDUCE_MAX and REDUCE_MIN along axes, and ARG_MAX along one.</summary>
internal static class ReductionMapping
{
    public static MappedOperator Mean(OperatorSource source) => Map(source, "Mean");

    public static MappedOperator Sum(OperatorSource source) => Map(source, "Sum");

    public static MappedOperator Max(OperatorSource source) => Map(source, "ReduceMax");

    public static MappedOperator Min(OperatorSource source) => Map(source, "ReduceMin");

    public static MappedOperator ArgMax(OperatorSource source)
    {
        var type = (TfliteType)source.Options(type: 40, fields: 1).UInt8(0);
        if (type is not (TfliteType.Int32 or TfliteType.Float32)) // 0, which is FLOAT32, where the file does not say
        {
            throw new UnsupportedException($"its output type is {type.ToName()}; expected int32");
        }
        int axis = source.Integers(1, "the axis", count: 1)[0];
        return source.Map("ArgMax", new AttributeList { { "axis", OperatorSource.Axis(axis, source.InputTensor(0).Shape.Length) } }, 0);
    }

    private static MappedOperator Map(OperatorSource source, string kind)
    {
        bool keepsDimensions = source.Options(type: 27, fields: 1).Flag(0);
        int rank = source.InputTensor(0).Shape.Length;
        int[] axes = [.. source.Integers(1, "the axes").Select(a => OperatorSource.Axis(a, rank)).Distinct().Order()];
        return axes.Length == 0
            ? throw new UnsupportedException("it reduces along no axis; expected one at least")
            : source.Map(kind, new AttributeList { { "axes", axes }, { "keep_dims", keepsDimensions } }, 0);
    }
}
