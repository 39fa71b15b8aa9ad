using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Parts of tensors, and tensors of parts.</summary>
internal static class SliceRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Slice") { LeastInputs = 3, MostInputs = 5, Infer = InferSlice, Fold = FoldSlice },
        new("Split")
        {
            MostInputs = 2,
            MostOutputs = Limits.Operands,
            Attributes = ["axis", "num_outputs"],
            Infer = InferSplit,
            Fold = FoldSplit,
        },
        new("Concat") { Attributes = ["axis"], Infer = InferConcat, Fold = FoldConcat },
    ];

    /// <summary>For each dimension of a Slice's input: where it begins, its steps, and how many there are.</summary>
    public static ImmutableArray<SlicedDimension> Ranges(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        ReadOnlySpan<long> starts = node.Integers(1, "the starts"), ends = node.Integers(2, "the ends");
        ImmutableArray<long> givenAxes = node.OptionalIntegers(3, "the axes");
        ImmutableArray<long> steps = node.OptionalIntegers(4, "the steps");
        ImmutableArray<int> axes = givenAxes.IsDefault
            ? [.. Enumerable.Range(0, starts.Length)]
            : Inferring.Axes(givenAxes.AsSpan(), shape.Length);
        Inferring.Require(
            axes.Length == starts.Length && ends.Length == starts.Length && axes.Length <= shape.Length
                && (steps.IsDefault || steps.Length == starts.Length),
            "its starts, ends, axes and steps are not equally many, or more than dimensions");
        ImmutableArray<SlicedDimension>.Builder ranges = shape.Select(s => new SlicedDimension(0, 1, s))
            .ToImmutableArray().ToBuilder();
        for (int i = 0; i < axes.Length; i++)
        {
            ranges[axes[i]] = Range(shape[axes[i]], starts[i], ends[i], steps.IsDefault ? 1 : steps[i]);
        }

        return ranges.ToImmutable();
    }

    private static SlicedDimension Range(int size, long start, long end, long step)
    {
        Inferring.Require(step != 0, "it has a step of 0");
        step = Math.Clamp(step, -int.MaxValue, int.MaxValue);
        long first = Counted(start, size, step > 0 ? size : size - 1, step > 0 ? 0 : 0);
        long last = Counted(end, size, step > 0 ? size : size - 1, step > 0 ? 0 : -1);
        long count = step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step;
        return new SlicedDimension((int)first, (int)step, (int)Math.Max(0, count));
    }

    private static long Counted(long place, int size, long most, long least) =>
        Math.Clamp(place < 0 ? Math.Max(place, -(long)int.MaxValue - 1) + size : place, least, most);

    private static void InferSlice(Node node) => node.SetShape([.. Ranges(node).Select(r => r.Count)]);

    private static Constant[] FoldSlice(Node node)
    {
        Constant x = node.Required(0).Constant!;
        int[] steps = Elements.Steps(x.Shape);
        ImmutableArray<SlicedDimension> ranges = Ranges(node);
        int first = ranges.Select((r, d) => r.Start * steps[d]).Sum();
        return [
            Elements.Gather(x, node.Output.Shape, Elements.StridedMap(
                node.Output.Shape, [.. ranges.Select((r, d) => r.Count > 1 ? r.Step * steps[d] : 0)], first))];
    }

    private static void InferSplit(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), shape.Length);
        ImmutableArray<long> given = node.OptionalIntegers(1, "the sizes");
        int count = node.Attributes.Int32("num_outputs", node.Outputs.Count);
        Inferring.Require(count is >= 1 and <= Limits.Operands, Invariant($"it has {count} outputs"));
        if (given.IsDefault)
        {
            // Parts of one size, the last one of what is left.
            long size = (shape[axis] + (long)count - 1) / count;
            given = [.. Enumerable.Range(0, count).Select(i => Math.Clamp(shape[axis] - (i * size), 0, size))];
        }

        Inferring.Require(given.Length >= node.Outputs.Count && given.All(s => s >= 0 && s <= shape[axis])
            && given.Sum() == shape[axis], Invariant($"its {given.Length} parts are not all of its input's ")
            + Invariant($"{shape[axis]} along dimension {axis}, or not one for each output"));
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            node.Set(i, node.Required(0).Type, shape.SetItem(axis, (int)given[i]));
        }
    }

    private static Constant[]? FoldSplit(Node node)
    {
        Constant x = node.Required(0).Constant!;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Shape.Length);
        int[] steps = Elements.Steps(x.Shape);
        var parts = new Constant[node.Outputs.Count];
        int first = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            if (node.Outputs[i] is not { } output)
            {
                return null;
            }

            parts[i] = Elements.Gather(x, output.Shape, Elements.StridedMap(output.Shape, steps, first));
            first += output.Shape[axis] * steps[axis];
        }

        return parts;
    }

    private static void InferConcat(Node node)
    {
        ImmutableArray<int> first = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), first.Length);
        long size = 0;
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            Value input = node.Required(i);
            Inferring.Require(
                input.Rank == first.Length && input.Shape.SetItem(axis, first[axis]).SequenceEqual(first)
                    && (input.Type == node.Required(0).Type || input.Type.IsRealAs(node.Required(0).Type)),
                $"it joins {node.Required(0).TypeAndShape} and {input.TypeAndShape} along dimension "
                    + Invariant($"{axis}; expected the same in all others"));
            size += input.Shape[axis];
        }

        node.SetShape(first.SetItem(axis, Inferring.Size(size, "its output's size")));
    }

    private static Constant[] FoldConcat(Node node)
    {
        List<Constant> parts = [.. Enumerable.Range(0, node.Inputs.Count).Select(i => node.Required(i).Constant!)];
        ImmutableArray<int> shape = node.Output.Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), shape.Length);
        int inner = (int)Shapes.Count(shape.AsSpan()[(axis + 1)..]);
        int[] map = new int[Shapes.Count(shape)];
        int offset = 0, row = shape[axis] * inner, at = 0;
        foreach (Constant part in parts)
        {
            int width = part.Shape[axis] * inner;
            for (int i = 0; i < part.Count; i++)
            {
                map[(i / width * row) + at + (i % width)] = offset + i;
            }

            offset += part.Count;
            at += width;
        }

        return [Elements.Gather(Elements.Join(parts), shape, map)];
    }
}

/// <summary>What a slice takes of a dimension.</summary>
internal readonly record struct SlicedDimension(int Start, int Step, int Count);
