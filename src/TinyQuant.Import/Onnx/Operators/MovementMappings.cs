using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>
/// The same elements under other dimensions, or with dimensions in another order: nothing is computed, and mostly
/// nothing moves.
/// </summary>
internal static class MovementMappings
{
    public static IEnumerable<OnnxMapping> All =>
    [
        new("Transpose", Transposed),
        .. new[] { "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity" }
            .Select(name => new OnnxMapping(name, (_, node, writer) => Reshaped(node, writer))),
        new("Dropout", Dropout),
        new("Expand", (_, node, writer) => Stretched(node, writer)),
        new("Tile", Tile),
        new("DepthToSpace", DepthToSpace), new("SpaceToDepth", SpaceToDepth),
    ];

    private static void Transposed(Network network, Node node, GraphWriter writer)
    {
        Stored stored = writer.Find(node.Required(0));
        writer.Store(node.Output, stored.Tensor, stored.Order.Transposed(TransposeRules.Order(node)));
    }

    private static void Reshaped(Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        Stored stored = writer.Find(x);
        ImmutableArray<int> shape = node.Output.Shape;
        if (stored.Order.Reshaped(shape) is { } order)
        {
            writer.Store(node.Output, stored.Tensor, order);
            return;
        }

        writer.Store(node.Output, writer.View(writer.Read(x), shape), AxisOrder.RowMajor(shape));
    }

    /// <summary>Nothing is dropped but in training, which inference has refused.</summary>
    private static void Dropout(Network network, Node node, GraphWriter writer)
    {
        if (node.OutputAt(1) is { } mask && (mask.Readers.Count > 0 || mask.IsOutput))
        {
            throw new UnsupportedException("what it drops is asked for; expected its first output alone");
        }

        Reshaped(node, writer);
    }

    private static void Stretched(Node node, GraphWriter writer)
    {
        Broadcast one = Broadcast.Of(writer, [node.Required(0)], node.Output.Shape);
        if (one.Operands[0].Shape.SequenceEqual(one.Shape))
        {
            writer.Store(node.Output, one.Operands[0], one.Order);
            return;
        }

        Tensor output = writer.New(node.Output, one.Shape);
        writer.Add(new BroadcastTo(one.Operands[0], output));
        writer.Store(node.Output, output, one.Order);
    }

    private static void Tile(Network network, Node node, GraphWriter writer)
    {
        const int most = 64;
        Value x = node.Required(0);
        ReadOnlySpan<long> repeats = node.Integers(1, "the repeats");
        AxisOrder order = writer.Find(x).Order;
        Tensor tensor = writer.Find(x).Tensor;
        for (int axis = 0; axis < repeats.Length; axis++)
        {
            if (repeats[axis] == 1)
            {
                continue;
            }

            if (repeats[axis] > most)
            {
                throw new UnsupportedException(
                    Invariant($"it repeats its input {repeats[axis]} times along dimension {axis}; ")
                        + Invariant($"expected at most {most}"));
            }

            var view = AxisView.Of(order, axis);
            if (!view.Order.Equals(order))
            {
                throw new UnsupportedException(
                    Invariant($"it repeats a dimension that lies in parts, {axis} of {x.TypeAndShape}"));
            }

            AxisView repeated = view.Resized(axis, view.Size * (int)repeats[axis]);
            Tensor output = writer.New(node.Output, repeated.Shape);
            Tensor part = writer.View(tensor, view.Shape);
            writer.Add(new Concatenation([.. Enumerable.Repeat(part, (int)repeats[axis])], output, 1));
            (tensor, order) = (output, repeated.Order);
        }

        writer.Store(node.Output, tensor, order);
    }

    private static void DepthToSpace(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        int block = node.Attributes.Int32("blocksize", 1);
        if (node.Attributes.String("mode", "DCR") != "CRD")
        {
            Write(node, writer, (i, o) => new DepthToSpace(i, o, block));
            return;
        }

        // Channels c, then rows and columns of the block: they only move.
        ImmutableArray<int> s = x.Shape;
        ImmutableArray<int> parts = [s[0], s[1] / (block * block), block, block, s[2], s[3]];
        Stored stored = writer.Find(x);
        AxisOrder order = stored.Order.Reshaped(parts) ?? AxisOrder.RowMajor(parts);
        Tensor tensor = stored.Order.Reshaped(parts) is null ? writer.Read(x) : stored.Tensor;
        order = order.Transposed([0, 1, 4, 2, 5, 3]);
        writer.Store(node.Output, tensor, order.Reshaped(node.Output.Shape)!);
    }

    private static void SpaceToDepth(Network network, Node node, GraphWriter writer) =>
        Write(node, writer, (i, o) => new SpaceToDepth(i, o, node.Attributes.Int32("blocksize", 1)));

    private static void Write(Node node, GraphWriter writer, Func<Tensor, Tensor, Operator> make)
    {
        Value x = node.Required(0);
        Tensor output = writer.New(node.Output, Images.Shape(node.Output.Shape));
        writer.Add(make(writer.Read(x, Images.Order(x.Shape), Images.Shape(x.Shape)), output));
        writer.Store(node.Output, output, Images.Order(node.Output.Shape));
    }
}
