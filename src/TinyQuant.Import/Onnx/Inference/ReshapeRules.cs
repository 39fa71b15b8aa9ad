using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>The same elements in other dimensions.</summary>
internal static class ReshapeRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Identity") { MostInputs = 1, Infer = Inferring.SetAlike, Fold = Same, IsView = true },
        new("Dropout")
        {
            MostInputs = 3,
            MostOutputs = 2,
            Attributes = ["seed"],
            Infer = InferDropout,
            Fold = node => node.OutputAt(1) is null ? Same(node) : null,
        },
        new("Reshape")
        {
            LeastInputs = 2,
            MostInputs = 2,
            Attributes = ["allowzero"],
            Infer = node => node.SetShape(Shape(
                node.Required(0).Shape, node.Integers(1, "the shape"), node.Attributes.Flag("allowzero"))),
            Fold = Same,
            IsView = true,
        },
        new("Flatten") { MostInputs = 1, Attributes = ["axis"], Infer = InferFlatten, Fold = Same, IsView = true },
        new("Squeeze") { MostInputs = 2, Infer = InferSqueeze, Fold = Same, IsView = true },
        new("Unsqueeze") { LeastInputs = 2, MostInputs = 2, Infer = InferUnsqueeze, Fold = Same, IsView = true },
    ];

    private static Constant[] Same(Node node) => [node.Required(0).Constant!.Reshaped(node.Output.Shape)];

    private static void InferDropout(Node node)
    {
        Inferring.Require(node.Known(2, "whether it is trained")?.SingleInteger is null or 0, "it is being trained");
        node.SetAlike();
        node.Set(1, Schema.OnnxType.Bool, node.Required(0).Shape);
    }

    /// <summary>Sizes where -1 is what is left, and 0 the input's size in its place.</summary>
    private static ImmutableArray<int> Shape(ImmutableArray<int> input, ReadOnlySpan<long> asked, bool allowsZero)
    {
        var sizes = ImmutableArray.CreateBuilder<int>(asked.Length);
        int open = -1;
        for (int i = 0; i < asked.Length; i++)
        {
            long size = asked[i] == 0 && !allowsZero
                ? i < input.Length ? input[i] : throw new UnsupportedException(Invariant(
                    $"its shape has 0 in place {i}, where the input {Shapes.Text(input)} has no size to take"))
                : asked[i];
            if (size == -1)
            {
                Inferring.Require(open < 0, "its shape has -1 twice");
                open = i;
                size = 1;
            }

            sizes.Add(Inferring.Size(size, "a size of the shape"));
        }

        long known = Shapes.Count(sizes.ToImmutable()), count = Shapes.Count(input);
        if (open >= 0 && known > 0 && count % known == 0)
        {
            sizes[open] = Inferring.Size(count / known, "a size of the shape");
            known = count;
        }

        Inferring.Require(known == count, $"its input has the shape {Shapes.Text(input)}; expected one that makes "
            + $"[{string.Join(",", asked.ToArray().Take(16).Select(a => Invariant($"{a}")))}]");
        return sizes.ToImmutable();
    }

    private static void InferFlatten(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        long axis = node.Attributes.Int("axis", 1);
        axis = axis < 0 ? axis + shape.Length : axis;
        Inferring.Require(axis >= 0 && axis <= shape.Length, Invariant($"axis {axis} is outside of its input"));
        ReadOnlySpan<int> sizes = shape.AsSpan();
        node.SetShape([
            Inferring.Size(Shapes.Count(sizes[..(int)axis]), "a size"),
            Inferring.Size(Shapes.Count(sizes[(int)axis..]), "a size")]);
    }

    private static void InferSqueeze(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        ImmutableArray<long> given = node.OptionalIntegers(1, "the axes");
        ImmutableArray<int> axes = given.IsDefault
            ? [.. Enumerable.Range(0, shape.Length).Where(d => shape[d] == 1)]
            : Inferring.Axes(given.AsSpan(), shape.Length);
        Inferring.Require(axes.All(a => shape[a] == 1),
            $"it takes out dimensions of {Shapes.Text(shape)} that are not 1");
        node.SetShape([.. shape.Where((_, d) => !axes.Contains(d))]);
    }

    private static void InferUnsqueeze(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        ReadOnlySpan<long> given = node.Integers(1, "the axes");
        Inferring.Require(shape.Length + given.Length <= Schema.Limits.Dimensions, "it makes too many dimensions");
        ImmutableArray<int> axes = Inferring.Axes(given, shape.Length + given.Length);
        var left = new Queue<int>(shape);
        node.SetShape([
            .. Enumerable.Range(0, shape.Length + axes.Length).Select(d => axes.Contains(d) ? 1 : left.Dequeue())]);
    }
}
