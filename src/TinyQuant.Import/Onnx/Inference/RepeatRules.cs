using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements several times, and others around them.</summary>
internal static class RepeatRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Expand") { LeastInputs = 2, MostInputs = 2, Infer = InferExpand, Fold = FoldExpand },
        new("Tile") { LeastInputs = 2, MostInputs = 2, Infer = InferTile, Fold = FoldTile },
        new("Pad") { LeastInputs = 2, MostInputs = 4, Attributes = ["mode"], Infer = InferPad, Fold = FoldPad },
    ];

    /// <summary>What a Pad adds before and behind each dimension; negative where it takes away.</summary>
    public static (ImmutableArray<int> Before, ImmutableArray<int> Behind) Pads(Node node)
    {
        int rank = node.Required(0).Rank;
        ReadOnlySpan<long> pads = node.Integers(1, "the padding");
        ImmutableArray<long> given = node.OptionalIntegers(3, "the axes");
        ImmutableArray<int> axes = given.IsDefault
            ? [.. Enumerable.Range(0, rank)]
            : Inferring.Axes(given.AsSpan(), rank);
        Inferring.Require(pads.Length == 2 * axes.Length,
            Invariant($"its padding has {pads.Length} sizes; expected {2 * axes.Length}"));
        int[] before = new int[rank], behind = new int[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            long first = pads[i], last = pads[axes.Length + i];
            Inferring.Require(
                first == (int)first && last == (int)last, "its padding is larger than what an array holds");
            (before[axes[i]], behind[axes[i]]) = ((int)first, (int)last);
        }

        return ([.. before], [.. behind]);
    }

    private static void InferExpand(Node node)
    {
        ReadOnlySpan<long> sizes = node.Integers(1, "the shape");
        var asked = ImmutableArray.CreateBuilder<int>(sizes.Length);
        foreach (long size in sizes)
        {
            asked.Add(Inferring.Size(size, "a size of the shape"));
        }

        node.SetShape(Broadcasting.Shape(node.Required(0).Shape, asked.MoveToImmutable()));
    }

    private static Constant[] FoldExpand(Node node)
    {
        Constant x = node.Required(0).Constant!;
        return [Elements.Gather(x, node.Output.Shape, Broadcasting.Map(x.Shape, node.Output.Shape))];
    }

    private static void InferTile(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        ReadOnlySpan<long> repeats = node.Integers(1, "the repeats");
        Inferring.Require(repeats.Length == shape.Length,
            Invariant($"it has {repeats.Length} repeats for {shape.Length} dimensions"));
        var sizes = ImmutableArray.CreateBuilder<int>(shape.Length);
        for (int i = 0; i < shape.Length; i++)
        {
            int repeat = Inferring.Size(repeats[i], "a number of repeats");
            sizes.Add(Inferring.Size((long)shape[i] * repeat, "its output's size"));
        }

        node.SetShape(sizes.MoveToImmutable());
    }

    private static Constant[] FoldTile(Node node)
    {
        Constant x = node.Required(0).Constant!;
        int[] steps = Elements.Steps(x.Shape);
        return [
            Elements.Gather(x, node.Output.Shape, Elements.Map(
                node.Output.Shape, at => at.Select((a, d) => a % x.Shape[d] * steps[d]).Sum()))];
    }

    private static void InferPad(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        (ImmutableArray<int> before, ImmutableArray<int> behind) = Pads(node);
        node.SetShape([
            .. shape.Select((s, d) => Inferring.Size((long)s + before[d] + behind[d], "its output's size"))]);
    }

    private static Constant[]? FoldPad(Node node)
    {
        Constant x = node.Required(0).Constant!;
        if (node.Attributes.String("mode", "constant") != "constant")
        {
            return null;
        }

        Constant value = node.Known(2, "the value")?.Reshaped([1])
            ?? new Constant(x.Type, [1], new byte[x.Type.ByteLength(1)]);
        int[] steps = Elements.Steps(x.Shape);
        ImmutableArray<int> before = Pads(node).Before;
        return [
            Elements.Gather(Elements.Join(x, value), node.Output.Shape, Elements.Map(node.Output.Shape, at =>
            {
                int place = 0;
                for (int d = 0; d < at.Length; d++)
                {
                    int inside = at[d] - before[d];
                    if (inside < 0 || inside >= x.Shape[d])
                    {
                        return x.Count;
                    }

                    place += inside * steps[d];
                }

                return place;
            }))];
    }
}
