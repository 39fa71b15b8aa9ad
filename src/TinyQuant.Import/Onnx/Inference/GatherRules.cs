using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements at places that are an input.</summary>
internal static class GatherRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Gather") { LeastInputs = 2, MostInputs = 2, Attributes = ["axis"], Infer = Infer, Fold = Fold },
        new("GatherElements")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["axis"],
            Infer = InferElements,
            Fold = FoldElements,
        },
        new("GatherND")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["batch_dims"],
            Infer = InferMany,
            Fold = FoldMany,
        },
    ];

    private static void Infer(Node node)
    {
        RequireIndexes(node);
        ImmutableArray<int> shape = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), shape.Length);
        node.SetShape([.. shape[..axis], .. node.Required(1).Shape, .. shape[(axis + 1)..]]);
    }

    private static Constant[] Fold(Node node)
    {
        Constant x = node.Required(0).Constant!, indexes = node.Required(1).Constant!;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Shape.Length);
        int[] places = Places(indexes, x.Shape[axis]);
        int inner = (int)Shapes.Count(x.Shape.AsSpan()[(axis + 1)..]);
        int[] map = new int[Shapes.Count(node.Output.Shape)];
        int row = places.Length * inner;
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = ((((i / row) * x.Shape[axis]) + places[i / inner % places.Length]) * inner) + (i % inner);
        }

        return [Elements.Gather(x, node.Output.Shape, map)];
    }

    private static void InferElements(Node node)
    {
        RequireIndexes(node);
        Value x = node.Required(0), indexes = node.Required(1);
        Inferring.Axis(node.Attributes.Int("axis", 0), x.Rank);
        Inferring.Require(indexes.Rank == x.Rank,
            Invariant($"its indexes are {indexes.TypeAndShape}; expected {x.Rank} dimensions"));
        node.SetShape(indexes.Shape);
    }

    private static Constant[] FoldElements(Node node)
    {
        Constant x = node.Required(0).Constant!, indexes = node.Required(1).Constant!;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Shape.Length);
        Inferring.Require(indexes.Shape.Zip(x.Shape).Where((_, d) => d != axis).All(p => p.First <= p.Second),
            $"its indexes are {indexes}; expected no more than {x} has");
        int[] places = Places(indexes, x.Shape[axis]), steps = Elements.Steps(x.Shape);
        int next = 0;
        return [
            Elements.Gather(x, indexes.Shape, Elements.Map(indexes.Shape, at =>
            {
                int place = places[next++];
                return at.Select((a, d) => (d == axis ? place : a) * steps[d]).Sum();
            }))];
    }

    private static void InferMany(Node node)
    {
        RequireIndexes(node);
        ImmutableArray<int> shape = node.Required(0).Shape, indexes = node.Required(1).Shape;
        int batches = node.Attributes.Int32("batch_dims", 0);
        Inferring.Require(
            batches >= 0 && batches < Math.Min(shape.Length, indexes.Length)
                && shape[..batches].SequenceEqual(indexes[..batches]) && indexes[^1] <= shape.Length - batches,
            $"its indexes {Shapes.Text(indexes)} do not fit {Shapes.Text(shape)}");
        node.SetShape([.. indexes[..^1], .. shape[(batches + indexes[^1])..]]);
    }

    private static Constant[]? FoldMany(Node node)
    {
        Constant x = node.Required(0).Constant!, indexes = node.Required(1).Constant!;
        if (node.Attributes.Int32("batch_dims", 0) != 0)
        {
            return null;
        }

        int[] starts = Starts(x.Shape, indexes);
        int inner = (int)(Shapes.Count(node.Output.Shape) / Math.Max(1, starts.Length));
        int[] map = new int[Shapes.Count(node.Output.Shape)];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = starts[i / inner] + (i % inner);
        }

        return [Elements.Gather(x, node.Output.Shape, map)];
    }

    /// <summary>Where the parts of a tensor begin that lists of indexes name.</summary>
    public static int[] Starts(ImmutableArray<int> shape, Constant indexes)
    {
        int width = indexes.Shape[^1];
        int[] steps = Elements.Steps(shape);
        int[] starts = new int[Shapes.Count(indexes.Shape.AsSpan()[..^1])];
        ReadOnlySpan<long> places = indexes.Integers;
        for (int i = 0; i < starts.Length; i++)
        {
            for (int d = 0; d < width; d++)
            {
                starts[i] += Inferring.Axis(places[(i * width) + d], shape[d]) * steps[d];
            }
        }

        return starts;
    }

    /// <summary>Indexes that count from the end where they are negative, each from 0.</summary>
    public static int[] Places(Constant indexes, int size)
    {
        int[] places = new int[indexes.Count];
        ReadOnlySpan<long> integers = indexes.Integers;
        for (int i = 0; i < places.Length; i++)
        {
            long place = integers[i] < 0 ? integers[i] + size : integers[i];
            places[i] = place >= 0 && place < size ? (int)place : throw new UnsupportedException(
                Invariant($"an index is {integers[i]}; expected {-size} to {size - 1}"));
        }

        return places;
    }

    private static void RequireIndexes(Node node) => Inferring.Require(
        Schema.OnnxTypes.IsInteger(node.Required(1).Type),
        $"its indexes are {node.Required(1).TypeAndShape}; expected integers");
}
