using TinyQuant.Import.Mapping;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>
/// One tensor to several: SPLIT into equal parts, SPLIT_V into parts of given sizes, UNPACK along a dimension that
/// goes.
/// </summary>
internal static class SplitMapping
{
    /// <summary>Its inputs are the axis and then the tensor.</summary>
    public static MappedOperator Split(OperatorSource source)
    {
        RequireOutputs(source, source.Options(type: 35, fields: 1).Int32(0));
        int axis = Axis(source, tensor: 1, axis: 0);
        return source.Map((inputs, outputs) => new Split(inputs[0], outputs, axis), 1);
    }

    /// <summary>Its inputs are the tensor, the sizes and the axis.</summary>
    public static MappedOperator SplitV(OperatorSource source)
    {
        RequireOutputs(source, source.Options(type: 79, fields: 1).Int32(0));
        int axis = Axis(source, tensor: 0, axis: 2);
        int[] sizes = source.Integers(1, "the sizes", source.Operator.Outputs.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            var shape = source.OutputTensor(i).Shape;
            if (axis >= shape.Length || (sizes[i] != -1 && sizes[i] != shape[axis]))
            {
                throw new UnsupportedException(
                    Invariant($"part {i} is to have size {sizes[i]}; the output is ")
                        + Invariant($"{source.OutputTensor(i).TypeAndShape}"));
            }
        }

        return source.Map((inputs, outputs) => new SplitV(inputs[0], outputs, axis), 0);
    }

    public static MappedOperator Unpack(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 64, fields: 2);
        RequireOutputs(source, options.Int32(0));
        int axis = OperatorContext.Axis(options.Int32(1), source.InputTensor(0).Shape.Length);
        return source.Map((inputs, outputs) => new Unpack(inputs[0], outputs, axis), 0);
    }

    private static int Axis(OperatorSource source, int tensor, int axis) =>
        OperatorContext.Axis(source.Integers(axis, "the axis", count: 1)[0], source.InputTensor(tensor).Shape.Length);

    private static void RequireOutputs(OperatorSource source, int count)
    {
        if (count != source.Operator.Outputs.Length)
        {
            throw new UnsupportedException(
                Invariant($"it splits into {count}; it has {source.Operator.Outputs.Length} outputs"));
        }
    }
}
