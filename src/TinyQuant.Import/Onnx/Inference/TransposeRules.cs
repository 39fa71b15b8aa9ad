using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements in another order.</summary>
internal static class TransposeRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Transpose") { MostInputs = 1, Attributes = ["perm"], Infer = Infer, Fold = Fold },
        new("DepthToSpace") { MostInputs = 1, Attributes = ["blocksize", "mode"], Infer = InferDepthToSpace },
        new("SpaceToDepth") { MostInputs = 1, Attributes = ["blocksize", "mode"], Infer = InferSpaceToDepth },
        new("ReverseSequence")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["batch_axis", "time_axis"],
            Infer = Inferring.SetAlike,
        },
        new("Trilu") { MostInputs = 2, Attributes = ["upper"], Infer = Inferring.SetAlike, Fold = FoldTriangle },
    ];

    /// <summary>The order of a Transpose; turned around where it says none.</summary>
    public static ImmutableArray<int> Order(Node node)
    {
        int rank = node.Required(0).Rank;
        ImmutableArray<long> given = node.Attributes.Ints("perm");
        ImmutableArray<int> order = given.IsDefault
            ? [.. Enumerable.Range(0, rank).Reverse()]
            : Inferring.Axes(given.AsSpan(), rank);
        Inferring.Require(order.Length == rank,
            Invariant($"its order has {order.Length} dimensions; its input has {rank}"));
        return order;
    }

    private static void Infer(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        node.SetShape([.. Order(node).Select(d => shape[d])]);
    }

    private static Constant[] Fold(Node node)
    {
        Constant x = node.Required(0).Constant!;
        int[] steps = Elements.Steps(x.Shape);
        return [
            Elements.Gather(x, node.Output.Shape, Elements.StridedMap(
                node.Output.Shape, [.. Order(node).Select(d => steps[d])], 0))];
    }

    private static void InferDepthToSpace(Node node)
    {
        node.RequireRank(0, 4, 4);
        ImmutableArray<int> shape = node.Required(0).Shape;
        int block = Block(node);
        Inferring.Require(shape[1] % ((long)block * block) == 0, Invariant($"{shape[1]} channels make no blocks"));
        node.SetShape([
            shape[0], shape[1] / (block * block), Inferring.Size((long)shape[2] * block, "its height"),
            Inferring.Size((long)shape[3] * block, "its width")]);
    }

    private static void InferSpaceToDepth(Node node)
    {
        node.RequireRank(0, 4, 4);
        ImmutableArray<int> shape = node.Required(0).Shape;
        int block = Block(node);
        Inferring.Require(shape[2] % block == 0 && shape[3] % block == 0, "rows and columns make no whole blocks");
        node.SetShape([
            shape[0], Inferring.Size((long)shape[1] * block * block, "its depth"), shape[2] / block, shape[3] / block]);
    }

    private static int Block(Node node)
    {
        int block = node.Attributes.Int32("blocksize", 0);
        Inferring.Require(block is >= 1 and <= short.MaxValue, Invariant($"its blocks have the size {block}"));
        return block;
    }

    private static Constant[]? FoldTriangle(Node node)
    {
        Constant x = node.Required(0).Constant!;
        Inferring.Require(x.Shape.Length >= 2, $"its input is {x}; expected 2 dimensions at least");
        long diagonal = node.Known(1, "the diagonal")?.SingleInteger ?? 0;
        bool isUpper = node.Attributes.Flag("upper", missing: true);
        int rows = x.Shape[^2], columns = x.Shape[^1];
        int[] map = new int[x.Count];
        for (int i = 0; i < map.Length; i++)
        {
            long offset = (i % columns) - (i / columns % rows) - diagonal;
            map[i] = (isUpper ? offset >= 0 : offset <= 0) ? i : x.Count;
        }

        var zero = new Constant(x.Type, [1], new byte[x.Type.ByteLength(1)]);
        return [Elements.Gather(Elements.Join(x, zero), x.Shape, map)];
    }
}
