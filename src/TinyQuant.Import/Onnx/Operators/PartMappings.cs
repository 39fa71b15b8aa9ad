using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Parts of tensors and tensors of parts, in the order in which the first of them lies.</summary>
internal static class PartMappings
{
    public static IEnumerable<OnnxMapping> All =>
        [new("Concat", Concat), new("Split", Split), new("Slice", Slice), new("Gather", Gather)];

    private static void Concat(Network network, Node node, GraphWriter writer)
    {
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), node.Output.Rank);
        Activation activation = Fusion.Take(network, node);
        ImmutableArray<Value> inputs = [.. Enumerable.Range(0, node.Inputs.Count).Select(node.Required)];
        Value main = inputs.FirstOrDefault(i => !i.IsConstant && i.Shape[axis] > 1)
            ?? inputs.FirstOrDefault(i => !i.IsConstant) ?? inputs[0];
        AxisView view = AxisView.Of(writer.Find(main).Order, axis);
        AxisView all = view.Resized(axis, node.Output.Shape[axis]);
        var parts = ImmutableArray.CreateBuilder<Tensor>(inputs.Length);
        foreach (Value input in inputs)
        {
            // A part of size 1 lies where the whole has the dimension.
            AxisOrder order = input.Shape[axis] == 1 ? all.Order.Without(d => d == axis)
                : all.Order.Resized(axis, input.Shape[axis]);
            parts.Add(writer.Read(input, order, [all.Outer, input.Shape[axis], all.Inner]));
        }

        Tensor output = writer.New(node.Output, all.Shape);
        writer.Add(new Concatenation(parts.ToImmutable(), output, 1, activation));
        writer.Store(node.Output, output, all.Order);
    }

    private static void Split(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Rank);
        AxisView view = AxisView.Of(writer.Find(x).Order, axis);
        Tensor input = writer.Read(x, view.Order, view.Shape);
        if (node.Outputs.Count == 1 && node.Output.Shape[axis] == view.Size)
        {
            writer.Store(node.Output, input, view.Order);
            return;
        }

        int begin = 0;
        foreach (Value? output in node.Outputs)
        {
            if (output is null)
            {
                throw new UnsupportedException("one of its outputs is not wanted; expected all of them, or a Slice");
            }

            AxisView part = view.Resized(axis, output.Shape[axis]);
            Tensor tensor = writer.New(output, [view.Outer, part.Size, view.Inner]);
            writer.Add(new Slice(input, tensor, [0, begin, 0], tensor.Shape));
            writer.Store(output, tensor, part.Order);
            begin += part.Size;
        }
    }

    private static void Slice(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        ImmutableArray<SlicedDimension> ranges = SliceRules.Ranges(node);
        AxisOrder order = writer.Find(x).Order;
        bool IsCut(int d) => ranges[d].Count != x.Shape[d] || ranges[d].Step < 0;
        if (Enumerable.Range(0, x.Rank).Any(d => IsCut(d) && order.Counts[d] > 1))
        {
            order = AxisOrder.RowMajor(x.Shape);
        }

        ImmutableArray<int> sizes = order.MemorySizes;
        int[] dimensions = [.. order.Memory.Select(order.DimensionOf)];
        SlicedDimension[] taken =
        [
            .. dimensions.Select((d, k) => IsCut(d) ? ranges[d] : new SlicedDimension(0, 1, sizes[k])),
        ];
        AxisOrder cut = order;
        for (int d = 0; d < x.Rank; d++)
        {
            cut = IsCut(d) ? cut.Resized(d, ranges[d].Count) : cut;
        }

        ImmutableArray<int> counts = [.. taken.Select(t => t.Count)];
        Tensor output = writer.New(node.Output, counts);
        Tensor input = writer.Read(x, order, sizes);
        writer.Add(taken.All(t => t.Step == 1)
            ? new Slice(input, output, [.. taken.Select(t => t.Start)], counts)
            : new StridedSlice(
                input, output, [.. taken.Select(t => t.Start)], counts, [.. taken.Select(t => t.Step)]));
        writer.Store(node.Output, output, cut);
    }

    private static void Gather(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0), indexes = node.Required(1);
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Rank);
        if (!indexes.IsConstant)
        {
            Tensor found = writer.New(node.Output, node.Output.Shape);
            writer.Add(new Model.Gather(writer.Read(x), writer.Read(indexes), found, axis));
            writer.Store(node.Output, found, AxisOrder.RowMajor(node.Output.Shape));
            return;
        }

        int[] places = GatherRules.Places(indexes.Constant!, x.Shape[axis]);
        AxisView view = AxisView.Of(writer.Find(x).Order, axis);
        Tensor output = AxisGather.Write(writer, node.Output.Name, writer.Read(x, view.Order, view.Shape), places);
        ImmutableArray<int> gathered = x.Shape.SetItem(axis, places.Length);
        AxisOrder order = view.Order.Resized(axis, places.Length);
        if (order.Reshaped(node.Output.Shape) is { } shaped)
        {
            writer.Store(node.Output, output, shaped);
            return;
        }

        var whole = new Value(node.Output.Name) { Type = node.Output.Type, Shape = gathered };
        writer.Store(whole, output, order);
        writer.Store(
            node.Output, writer.View(writer.Read(whole), node.Output.Shape), AxisOrder.RowMajor(node.Output.Shape));
    }
}
