using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Borders: of one value, mirrored, repeated or from the other end; less than none cuts off.</summary>
internal static class PadMappings
{
    public static IEnumerable<OnnxMapping> All => [new("Pad", Pad)];

    private static void Pad(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        (ImmutableArray<int> before, ImmutableArray<int> behind) = RepeatRules.Pads(node);
        string mode = node.Attributes.String("mode", "constant");
        Stored stored = writer.Find(x);
        AxisOrder order = stored.Order;
        bool IsPadded(int d) => before[d] != 0 || behind[d] != 0;
        if (Enumerable.Range(0, x.Rank).Any(d => IsPadded(d) && order.Counts[d] != 1))
        {
            order = AxisOrder.RowMajor(x.Shape);
        }

        if (mode != "constant")
        {
            Edges(node, writer, order, before, behind, mode);
            return;
        }

        // A dimension of size 1 has no place in memory but that which ONNX gives it.
        bool isWhole = order.IsRowMajor;
        int[] dimensions = isWhole ? [.. Enumerable.Range(0, x.Rank)] : [.. order.Memory.Select(order.DimensionOf)];
        Tensor input = writer.Read(x, order, isWhole ? x.Shape : order.MemorySizes);
        ImmutableArray<int> starts = [.. dimensions.Select((d, k) => isWhole || order.Counts[d] == 1 ? before[d] : 0)];
        ImmutableArray<int> ends = [.. dimensions.Select((d, k) => isWhole || order.Counts[d] == 1 ? behind[d] : 0)];
        Tensor output = Padded(node, writer, input, starts, ends);
        AxisOrder result = isWhole ? AxisOrder.RowMajor(node.Output.Shape) : order;
        for (int d = 0; d < x.Rank && !isWhole; d++)
        {
            result = IsPadded(d) ? result.Resized(d, node.Output.Shape[d]) : result;
        }

        writer.Store(node.Output, output, result);
    }

    private static Tensor Padded(
        Node node, GraphWriter writer, Tensor x, ImmutableArray<int> before, ImmutableArray<int> behind)
    {
        if (before.Concat(behind).Any(p => p < 0))
        {
            ImmutableArray<int> begin = [.. before.Select(p => Math.Max(0, -p))];
            ImmutableArray<int> size =
                [.. x.Shape.Select((s, d) => s - begin[d] - Math.Max(0, -behind[d]))];
            if (size.Any(s => s < 1))
            {
                throw new UnsupportedException("it cuts off all that there is");
            }

            Tensor cut = writer.New(node.Output, size);
            writer.Add(new Slice(x, cut, begin, size));
            (x, before, behind) = (
                cut, [.. before.Select(p => Math.Max(0, p))], [.. behind.Select(p => Math.Max(0, p))]);
        }

        ImmutableArray<int> paddings = [.. before.Zip(behind).SelectMany(p => (int[])[p.First, p.Second])];
        if (paddings.All(p => p == 0))
        {
            return x;
        }

        Tensor output = writer.New(node.Output, [.. x.Shape.Select((s, d) => s + before[d] + behind[d])]);
        float? value = node.Known(2, "the value") is { } known ? known.Floats[0] : 0;
        writer.Add(value == 0
            ? new Pad(x, output, paddings)
            : new PadV2(x, writer.Number(node.Output.Name, value.Value), output, paddings));
        return output;
    }

    /// <summary>Elements of the input on the border, dimension by dimension.</summary>
    private static void Edges(
        Node node, GraphWriter writer, AxisOrder order, ImmutableArray<int> before, ImmutableArray<int> behind,
        string mode)
    {
        Value x = node.Required(0);
        Tensor tensor = writer.Read(x, order, order.MemorySizes);
        for (int d = 0; d < x.Rank; d++)
        {
            if (before[d] == 0 && behind[d] == 0)
            {
                continue;
            }

            writer.Charge(sizeof(int) * ((long)x.Shape[d] + before[d] + behind[d]));
            var view = AxisView.Of(order, d);
            int[] places = [.. Enumerable.Range(-before[d], x.Shape[d] + before[d] + behind[d])
                .Select(p => Place(p, x.Shape[d], mode))];
            tensor = AxisGather.Write(writer, node.Output.Name, writer.View(tensor, view.Shape), places);
            order = view.Order.Resized(d, places.Length);
        }

        writer.Store(node.Output, tensor, order);
    }

    private static int Place(int place, int size, string mode) => mode switch
    {
        "edge" => Math.Clamp(place, 0, size - 1),
        "wrap" => ((place % size) + size) % size,
        "reflect" when size == 1 => 0,
        "reflect" => Mirrored(((place % Period(size)) + Period(size)) % Period(size), size),
        _ => throw new UnsupportedException(
            $"its mode is '{Places.Shown(mode)}'; expected constant, edge, reflect or wrap"),
    };

    private static int Mirrored(int place, int size) => place < size ? place : Period(size) - place;

    /// <summary>A mirrored row of so many elements repeats behind so many.</summary>
    private static int Period(int size) => 2 * (size - 1);
}
