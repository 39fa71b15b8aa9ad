using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>One element of many along dimensions, and their order.</summary>
internal static class ReductionRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        Reduce("ReduceSum", (x, y) => x + y, (x, y) => checked(x + y)),
        Reduce("ReduceMax", Math.Max, Math.Max),
        Reduce("ReduceMin", Math.Min, Math.Min),
        Reduce("ReduceProd", (x, y) => x * y, (x, y) => checked(x * y)),
        Reduce("ReduceMean", (x, y) => x + y, (x, y) => checked(x + y)),
        Reduce("ReduceL1", null, null), Reduce("ReduceL2", null, null), Reduce("ReduceLogSum", null, null),
        Reduce("ReduceLogSumExp", null, null), Reduce("ReduceSumSquare", null, null),
        Place("ArgMax"), Place("ArgMin"),
        new("CumSum")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["exclusive", "reverse"],
            Infer = InferCumulated,
        },
        new("TopK")
        {
            LeastInputs = 2,
            MostInputs = 2,
            MostOutputs = 2,
            Attributes = ["axis", "largest", "sorted"],
            Infer = InferTop,
        },
    ];

    /// <summary>The dimensions that a Reduce goes along, each from 0; none where it does nothing.</summary>
    public static ImmutableArray<int> Axes(Node node)
    {
        int rank = node.Required(0).Rank;
        ImmutableArray<long> given = node.OptionalIntegers(1, "the axes");
        return !given.IsDefaultOrEmpty ? Inferring.Axes(given.AsSpan(), rank)
            : node.Attributes.Flag("noop_with_empty_axes") ? []
            : [.. Enumerable.Range(0, rank)];
    }

    private static OperatorRule Reduce(
        string name, Func<double, double, double>? real, Func<long, long, long>? integer) => new(name)
        {
            MostInputs = 2,
            Attributes = ["keepdims", "noop_with_empty_axes"],
            Infer = InferReduce,
            Fold = real is null ? null : node => Fold(node, real, integer!),
        };

    private static OperatorRule Place(string name) => new(name)
    {
        MostInputs = 1,
        Attributes = ["axis", "keepdims", "select_last_index"],
        Infer = node =>
        {
            int axis = Inferring.Axis(node.Attributes.Int("axis", 0), node.Required(0).Rank);
            node.Set(0, OnnxType.Int64, Reduced(node, [axis]));
        },
    };

    private static void InferReduce(Node node) => node.SetShape(Reduced(node, Axes(node)));

    private static ImmutableArray<int> Reduced(Node node, ImmutableArray<int> axes)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        return node.Attributes.Flag("keepdims", missing: true)
            ? [.. shape.Select((s, d) => axes.Contains(d) ? 1 : s)]
            : [.. shape.Where((_, d) => !axes.Contains(d))];
    }

    private static Constant[]? Fold(Node node, Func<double, double, double> real, Func<long, long, long> integer)
    {
        Constant x = node.Required(0).Constant!;
        ImmutableArray<int> axes = Axes(node);
        if (x.Count is 0 or > Inferring.MostFolded)
        {
            return null;
        }

        if (axes.IsEmpty)
        {
            return [x];
        }

        // Which element of the result an element belongs to.
        ImmutableArray<int> kept = [.. x.Shape.Select((s, d) => axes.Contains(d) ? 1 : s)];
        int[] map = Broadcasting.Map(kept, x.Shape);
        int count = (int)Shapes.Count(kept), each = x.Count / count;
        bool isMean = node.Operator == "ReduceMean";
        if (x.Type.IsReal())
        {
            double[] reals = new double[count];
            bool[] begun = new bool[count];
            for (int i = 0; i < map.Length; i++)
            {
                reals[map[i]] = begun[map[i]] ? real(reals[map[i]], x.Doubles[i]) : x.Doubles[i];
                begun[map[i]] = true;
            }

            return [Computed.Reals(x.Type, node.Output.Shape, isMean ? Array.ConvertAll(reals, r => r / each) : reals)];
        }

        long?[] integers = new long?[count];
        for (int i = 0; i < map.Length; i++)
        {
            integers[map[i]] = integers[map[i]] is { } before ? integer(before, x.Integers[i]) : x.Integers[i];
        }

        return [
            Computed.Integers(x.Type, node.Output.Shape, Array.ConvertAll(
                integers, i => isMean ? i!.Value / each : i!.Value))];
    }

    private static void InferCumulated(Node node)
    {
        Inferring.Require(node.Known(1, "the axis")!.SingleInteger is not null, "its axis is not one number");
        Inferring.Axis(node.Known(1, "the axis")!.Integers[0], node.Required(0).Rank);
        node.SetAlike();
    }

    private static void InferTop(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), shape.Length);
        long count = node.Known(1, "how many it takes")!.SingleInteger
            ?? throw new UnsupportedException("how many it takes is not one number");
        Inferring.Require(count >= 0 && count <= shape[axis], Invariant($"it takes {count} of {shape[axis]}"));
        node.SetShape(shape.SetItem(axis, (int)count));
        node.Set(1, OnnxType.Int64, shape.SetItem(axis, (int)count));
    }
}
