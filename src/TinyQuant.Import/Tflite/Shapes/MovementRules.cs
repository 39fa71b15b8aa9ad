using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Operators;

namespace TinyQuant.Import.Tflite.Shapes;

/// <summary>The shapes of operators that move elements: parts of tensors, and tensors put together.</summary>
internal static class MovementRules
{
    public static ImmutableArray<int> Gather(OperatorSource source)
    {
        (int axis, int batchDims) = IndexMapping.AxisOfGather(source);
        (ImmutableArray<int> input, ImmutableArray<int> indexes) = (
            source.InputTensor(0).Shape, source.InputTensor(1).Shape);
        return batchDims < 0 || batchDims > Math.Min(axis, indexes.Length)
            ? throw new UnsupportedException(Invariant($"it has {batchDims} batch dimensions before axis {axis}"))
            : [.. input[..axis], .. indexes[batchDims..], .. input[(axis + 1)..]];
    }

    public static ImmutableArray<int> Pack(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int axis = JoinMapping.AxisOfPack(source);
        return axis > shape.Length
            ? throw new UnsupportedException(Invariant($"it packs along axis {axis} of {shape.Length} dimensions"))
            : shape.Insert(axis, source.InputCount);
    }

    public static ImmutableArray<int> Slice(OperatorSource source) => SliceMapping.RangesOf(source).Size;

    public static ImmutableArray<int> StridedSlice(OperatorSource source) => StridedSliceResolver.ShapeOf(source);

    /// <summary>Dimensions of 1, all or those that are named.</summary>
    public static ImmutableArray<int> Squeeze(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        ImmutableArray<int> named = source.Options(type: 30, fields: 1).Integers(0);
        HashSet<int> axes = named.IsEmpty
            ? [.. Enumerable.Range(0, shape.Length).Where(d => shape[d] == 1)]
            : [.. named.Select(d => OperatorContext.Axis(d, shape.Length))];
        return axes.Any(d => shape[d] != 1)
            ? throw new UnsupportedException("the given shape makes a dimension that it removes other than 1")
            : [.. shape.Where((_, d) => !axes.Contains(d))];
    }

    /// <summary>Its inputs are the axis and then the tensor.</summary>
    public static ImmutableArray<int>[] Split(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(1).Shape;
        int axis = Axis(source, input: 0, shape);
        int count = Math.Max(1, source.Options(type: 35, fields: 1).Int32(0));
        return shape[axis] % count != 0
            ? throw new UnsupportedException(
                Invariant($"the given shape makes it split {shape[axis]} elements into {count} equal parts"))
            : [.. Enumerable.Repeat(shape.SetItem(axis, shape[axis] / count), source.Operator.Outputs.Length)];
    }

    /// <summary>One size may be open: what is left.</summary>
    public static ImmutableArray<int>[] SplitV(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int axis = Axis(source, input: 2, shape);
        int[] sizes = source.Integers(1, "the sizes", source.Operator.Outputs.Length);
        long left = shape[axis] - sizes.Where(s => s != -1).Sum(s => (long)s);
        return [.. sizes.Select(s => shape.SetItem(axis, ShapeRules.Size(s == -1 ? left : s)))];
    }

    public static ImmutableArray<int>[] Unpack(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int axis = OperatorContext.Axis(source.Options(type: 64, fields: 2).Int32(1), shape.Length);
        return shape[axis] != source.Operator.Outputs.Length
            ? throw new UnsupportedException(
                Invariant($"the given shape makes it unpack {shape[axis]} tensors; it has ")
                    + Invariant($"{source.Operator.Outputs.Length} outputs"))
            : [.. Enumerable.Repeat(shape.RemoveAt(axis), source.Operator.Outputs.Length)];
    }

    private static int Axis(OperatorSource source, int input, ImmutableArray<int> shape) =>
        OperatorContext.Axis(source.Integers(input, "the axis", count: 1)[0], shape.Length);
}
