using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Tensors with other elements at places that are an input.</summary>
internal static class ScatterRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("ScatterElements")
        {
            LeastInputs = 3,
            MostInputs = 3,
            Attributes = ["axis", "reduction"],
            Infer = Inferring.SetAlike,
            Fold = FoldElements,
        },
        new("ScatterND")
        {
            LeastInputs = 3,
            MostInputs = 3,
            Attributes = ["reduction"],
            Infer = Inferring.SetAlike,
            Fold = FoldMany,
        },
    ];

    private static Constant[]? FoldElements(Node node)
    {
        Constant x = node.Required(0).Constant!, indexes = node.Required(1).Constant!;
        Constant updates = node.Required(2).Constant!;
        if (node.Attributes.String("reduction", "none") != "none")
        {
            return null;
        }

        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Shape.Length);
        Inferring.Require(
            indexes.Shape.SequenceEqual(updates.Shape) && indexes.Shape.Length == x.Shape.Length
                && indexes.Shape.Zip(x.Shape).Where((_, d) => d != axis).All(p => p.First <= p.Second),
            $"its indexes are {indexes} and its updates {updates}; expected what fits into {x}");
        int[] places = GatherRules.Places(indexes, x.Shape[axis]), steps = Elements.Steps(x.Shape);
        int[] map = [.. Enumerable.Range(0, x.Count)];
        int next = 0;
        Elements.Map(indexes.Shape, at =>
        {
            int place = places[next];
            map[at.Select((a, d) => (d == axis ? place : a) * steps[d]).Sum()] = x.Count + next++;
            return 0;
        });
        return [Elements.Gather(Elements.Join(x, updates), x.Shape, map)];
    }

    private static Constant[]? FoldMany(Node node)
    {
        Constant x = node.Required(0).Constant!, indexes = node.Required(1).Constant!;
        Constant updates = node.Required(2).Constant!;
        if (node.Attributes.String("reduction", "none") != "none")
        {
            return null;
        }

        Inferring.Require(indexes.Shape.Length >= 1 && indexes.Shape[^1] <= x.Shape.Length,
            $"its indexes are {indexes}; expected what fits {x}");
        int[] starts = GatherRules.Starts(x.Shape, indexes);
        int inner = (int)Shapes.Count(x.Shape.AsSpan()[indexes.Shape[^1]..]);
        Inferring.Require(updates.Count == (long)starts.Length * inner, $"its updates are {updates}; expected "
            + Invariant($"{starts.Length} times {inner} elements"));
        int[] map = [.. Enumerable.Range(0, x.Count)];
        for (int i = 0; i < updates.Count; i++)
        {
            map[starts[i / inner] + (i % inner)] = x.Count + i;
        }

        return [Elements.Gather(Elements.Join(x, updates), x.Shape, map)];
    }
}
