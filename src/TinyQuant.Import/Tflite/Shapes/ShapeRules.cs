using System.Collections.Frozen;
using System.Collections.Immutable;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Operators;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Shapes;

/// <summary>The shapes of operators' outputs, from those of their inputs.</summary>
internal static class ShapeRules
{
    private static readonly FrozenDictionary<BuiltinOperator, Func<OperatorSource, ImmutableArray<int>>> s_rules =
        new Dictionary<BuiltinOperator, Func<OperatorSource, ImmutableArray<int>>>
        {
            [BuiltinOperator.ARG_MAX] = s => Without(s, keepDims: false),
            [BuiltinOperator.ARG_MIN] = s => Without(s, keepDims: false),
            [BuiltinOperator.AVERAGE_POOL_2D] = WindowRules.Pool,
            [BuiltinOperator.BATCH_MATMUL] = BatchMatMul,
            [BuiltinOperator.CONCATENATION] = Concatenation,
            [BuiltinOperator.CONV_2D] = WindowRules.Conv2D,
            [BuiltinOperator.CUMSUM] = s => s.InputTensor(0).Shape,
            [BuiltinOperator.DEPTHWISE_CONV_2D] = WindowRules.DepthwiseConv2D,
            [BuiltinOperator.DEPTH_TO_SPACE] = s => Blocks(s, s.Options(type: 94, fields: 1).Int32(0), toDepth: false),
            [BuiltinOperator.EXPAND_DIMS] = ExpandDims,
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected,
            [BuiltinOperator.L2_POOL_2D] = WindowRules.Pool,
            [BuiltinOperator.MAX_POOL_2D] = WindowRules.Pool,
            [BuiltinOperator.MEAN] = Reduced,
            [BuiltinOperator.MIRROR_PAD] = Padded,
            [BuiltinOperator.PAD] = Padded,
            [BuiltinOperator.PADV2] = Padded,
            [BuiltinOperator.REDUCE_MAX] = Reduced,
            [BuiltinOperator.REDUCE_MIN] = Reduced,
            [BuiltinOperator.RESHAPE] = Reshaped,
            [BuiltinOperator.RESIZE_BILINEAR] = Resized,
            [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = Resized,
            [BuiltinOperator.REVERSE_V2] = s => s.InputTensor(0).Shape,
            [BuiltinOperator.SHAPE] = s => [s.InputTensor(0).Shape.Length],
            [BuiltinOperator.SPACE_TO_DEPTH] = s => Blocks(s, s.Options(type: 19, fields: 1).Int32(0), toDepth: true),
            [BuiltinOperator.SUM] = Reduced,
            [BuiltinOperator.TRANSPOSE] = s =>
                [.. s.Integers(1, "the permutation").Select(d => s.InputTensor(0).Shape[Axis(s, d)])],
            [BuiltinOperator.TRANSPOSE_CONV] = s => [.. s.Integers(0, "the shape")],
        }.ToFrozenDictionary();

    /// <summary>
    /// Those that integers are computed with too, whose shapes no rule is needed for: it would refuse what nothing may
    /// need.
    /// </summary>
    private static readonly FrozenDictionary<BuiltinOperator, Func<OperatorSource, ImmutableArray<int>[]>> s_movements =
        new Dictionary<BuiltinOperator, Func<OperatorSource, ImmutableArray<int>[]>>
        {
            [BuiltinOperator.GATHER] = s => [MovementRules.Gather(s)],
            [BuiltinOperator.PACK] = s => [MovementRules.Pack(s)],
            [BuiltinOperator.SLICE] = s => [MovementRules.Slice(s)],
            [BuiltinOperator.SPLIT] = MovementRules.Split,
            [BuiltinOperator.SPLIT_V] = MovementRules.SplitV,
            [BuiltinOperator.SQUEEZE] = s => [MovementRules.Squeeze(s)],
            [BuiltinOperator.STRIDED_SLICE] = s => [MovementRules.StridedSlice(s)],
            [BuiltinOperator.UNPACK] = MovementRules.Unpack,
        }.ToFrozenDictionary();

    /// <summary>
    /// The shapes of all outputs; those of the file where every input is known, so that it is folded; null where there
    /// is no rule.
    /// </summary>
    /// <exception cref="UnsupportedException">The inputs do not fit the operator.</exception>
    public static ImmutableArray<int>[]? Of(OperatorSource source) =>
        s_rules.TryGetValue(source.Code, out Func<OperatorSource, ImmutableArray<int>>? rule) ? [rule(source)]
        : source.KnowsAllInputs ? []
        : s_movements.TryGetValue(source.Code, out Func<OperatorSource, ImmutableArray<int>[]>? parts) ? parts(source)
        : TfliteMapping.WithoutSubgraphs.Map(source) switch
        {
            var mapped when mapped.Is<UnaryOperator>() => [source.InputTensor(0).Shape],
            var mapped when mapped.Is<BinaryOperator>() =>
                [Broadcast(source.InputTensor(0).Shape, source.InputTensor(1).Shape)],
            _ => null,
        };

    private static int Axis(OperatorSource source, long axis) =>
        OperatorContext.Axis(axis, source.InputTensor(0).Shape.Length);

    private static ImmutableArray<int> Broadcast(ImmutableArray<int> a, ImmutableArray<int> b)
    {
        int[] shape = new int[Math.Max(a.Length, b.Length)];
        for (int fromEnd = 1; fromEnd <= shape.Length; fromEnd++)
        {
            int left = fromEnd <= a.Length ? a[^fromEnd] : 1;
            shape[^fromEnd] = left == 1 && fromEnd <= b.Length ? b[^fromEnd] : left;
        }

        return [.. shape];
    }

    private static ImmutableArray<int> BatchMatMul(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 101, fields: 3);
        (ImmutableArray<int> x, ImmutableArray<int> y) = (source.InputTensor(0).Shape, source.InputTensor(1).Shape);
        return x.Length < 2 || y.Length < 2
            ? throw new UnsupportedException("it multiplies no matrices")
            : [.. Broadcast(x[..^2], y[..^2]), options.Flag(0) ? x[^1] : x[^2], options.Flag(1) ? y[^2] : y[^1]];
    }

    private static ImmutableArray<int> Concatenation(OperatorSource source)
    {
        int axis = JoinMapping.AxisOfConcatenation(source);
        ImmutableArray<int> first = source.InputTensor(0).Shape;
        if (Enumerable.Range(0, source.InputCount).Any(i => source.InputTensor(i).Shape.Length != first.Length))
        {
            throw new UnsupportedException("its inputs have different numbers of dimensions");
        }

        return first.SetItem(
            axis, Size(Enumerable.Range(0, source.InputCount).Sum(i => (long)source.InputTensor(i).Shape[axis])));
    }

    private static ImmutableArray<int> ExpandDims(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        return shape.Insert(OperatorContext.Axis(source.Integers(1, "the axis", count: 1)[0], shape.Length + 1), 1);
    }

    private static ImmutableArray<int> FullyConnected(OperatorSource source)
    {
        ImmutableArray<int> input = source.InputTensor(0).Shape;
        ImmutableArray<int> weights = source.InputTensor(1).Shape;
        if (input.IsEmpty || weights.Length != 2)
        {
            throw new UnsupportedException("it multiplies by no matrix");
        }

        return source.Options(type: 8, fields: 5).Flag(2)
            ? input.SetItem(input.Length - 1, weights[0])
            : [Size(input.Aggregate(1L, (product, size) => product * size) / Math.Max(1, weights[1])), weights[0]];
    }

    private static ImmutableArray<int> Reduced(OperatorSource source) =>
        Without(source, source.Options(type: 27, fields: 1).Flag(0));

    private static ImmutableArray<int> Without(OperatorSource source, bool keepDims)
    {
        HashSet<int> axes = [.. source.Integers(1, "the axes").Select(a => Axis(source, a))];
        return [.. source.InputTensor(0).Shape.Select((size, d) => (Size: axes.Contains(d) ? 1 : size, d))
            .Where(s => keepDims || !axes.Contains(s.d)).Select(s => s.Size)];
    }

    private static ImmutableArray<int> Padded(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int[] paddings = source.Integers(1, "the padding", 2 * shape.Length);
        return [.. shape.Select((size, d) => Size((long)size + paddings[2 * d] + paddings[(2 * d) + 1]))];
    }

    /// <summary>One size may be open: what is left.</summary>
    private static ImmutableArray<int> Reshaped(OperatorSource source)
    {
        long[] shape = [.. source.Integers(1, "the shape").Select(s => (long)s)];
        long elements = source.InputTensor(0).Shape.Aggregate(1L, (product, size) => product * size);
        long others = shape.Where(s => s != -1).Aggregate(1L, (product, size) => Math.Min(product * size, 1L << 32));
        return [.. shape.Select(s => Size(s == -1 ? elements / Math.Max(1, others) : s))];
    }

    private static ImmutableArray<int> Resized(OperatorSource source)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        int[] size = source.Integers(1, "the size", count: 2);
        return shape.Length == 4
            ? [shape[0], size[0], size[1], shape[3]]
            : throw new UnsupportedException("it resizes no image of 4 dimensions");
    }

    private static ImmutableArray<int> Blocks(OperatorSource source, int block, bool toDepth)
    {
        ImmutableArray<int> shape = source.InputTensor(0).Shape;
        if (shape.Length != 4 || block is < 1 or > 4_096)
        {
            throw new UnsupportedException("it takes no image of 4 dimensions apart");
        }

        return toDepth
            ? [shape[0], shape[1] / block, shape[2] / block, Size((long)shape[3] * block * block)]
            : [shape[0], Size((long)shape[1] * block), Size((long)shape[2] * block), shape[3] / (block * block)];
    }

    internal static int Size(long size) => size is > 0 and <= int.MaxValue
        ? (int)size
        : throw new UnsupportedException(Invariant($"the given shape makes a size of {size} behind it"));
}
