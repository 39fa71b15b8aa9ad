using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>All elements along dimensions become one, in any order of memory.</summary>
internal static class ReductionMappings
{
    private delegate Operator Make(Tensor input, Tensor output, ImmutableArray<int> axes);

    public static IEnumerable<OnnxMapping> All =>
    [
        Of("ReduceMean", (i, o, a) => new Mean(i, o, a)), Of("ReduceSum", (i, o, a) => new Sum(i, o, a)),
        Of("ReduceMax", (i, o, a) => new ReduceMax(i, o, a)), Of("ReduceMin", (i, o, a) => new ReduceMin(i, o, a)),
        Of("ReduceL1", (i, o, a) => new Sum(i, o, a), before: (i, o) => new Abs(i, o)),
        Of("ReduceSumSquare", (i, o, a) => new Sum(i, o, a), before: (i, o) => new Square(i, o)),
        Of(
            "ReduceL2", (i, o, a) => new Sum(i, o, a), before: (i, o) => new Square(i, o),
            behind: (i, o) => new Sqrt(i, o)),
        Of("ReduceLogSum", (i, o, a) => new Sum(i, o, a), behind: (i, o) => new Log(i, o)),
        Of(
            "ReduceLogSumExp", (i, o, a) => new Sum(i, o, a), before: (i, o) => new Exp(i, o),
            behind: (i, o) => new Log(i, o)),
        Global("GlobalAveragePool", (i, o, a) => new Mean(i, o, a)),
        Global("GlobalMaxPool", (i, o, a) => new ReduceMax(i, o, a)),
        new("ArgMax", (_, node, writer) => Extremum(node, writer, (i, o) => new ArgMax(i, o, 1))),
        new("ArgMin", (_, node, writer) => Extremum(node, writer, (i, o) => new ArgMin(i, o, 1))),
        new("CumSum", Cumulate),
    ];

    private static OnnxMapping Of(
        string name, Make make, Func<Tensor, Tensor, Operator>? before = null,
        Func<Tensor, Tensor, Operator>? behind = null) => new(name, (_, node, writer) =>
        {
            ImmutableArray<int> axes = ReductionRules.Axes(node);
            Write(node, writer, axes, node.Attributes.Flag("keepdims", missing: true), make, before, behind);
        });

    private static OnnxMapping Global(string name, Make make) => new(name, (_, node, writer) =>
        Write(node, writer, [.. Enumerable.Range(2, node.Required(0).Rank - 2)], true, make, null, null));

    private static void Write(
        Node node, GraphWriter writer, ImmutableArray<int> axes, bool keepsDimensions, Make make,
        Func<Tensor, Tensor, Operator>? before, Func<Tensor, Tensor, Operator>? behind)
    {
        Stored x = writer.Find(node.Required(0));
        string name = node.Output.Name;
        AxisOrder order = x.Order;
        int[] reduced = [.. Enumerable.Range(0, order.Memory.Length)
            .Where(k => axes.Contains(order.DimensionOf(order.Memory[k])))];
        ImmutableArray<int> sizes = order.MemorySizes;
        Tensor y = writer.View(x.Tensor, sizes);
        y = before is null ? y : writer.Apply(name, y, before);
        if (reduced.Length > 0)
        {
            Tensor output = writer.New(node.Output, [.. sizes.Where((_, k) => !reduced.Contains(k))]);
            writer.Add(make(y, output, [.. reduced]));
            y = output;
        }

        y = behind is null ? y : writer.Apply(name, y, behind);
        order = order.Without(axes.Contains);
        writer.Store(node.Output, y, keepsDimensions ? order : order.Squeezed(axes));
    }

    private static void Extremum(Node node, GraphWriter writer, Func<Tensor, Tensor, Operator> make)
    {
        Value x = node.Required(0);
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), x.Rank);
        if (node.Attributes.Flag("select_last_index"))
        {
            throw new UnsupportedException("it takes the last of equal elements; expected the first");
        }

        AxisView view = AxisView.Of(writer.Find(x).Order, axis);
        Tensor output = writer.New(node.Output, [view.Outer, view.Inner]);
        writer.Add(make(writer.Read(x, view.Order, view.Shape), output));
        AxisOrder order = view.Order.Without(d => d == axis);
        writer.Store(
            node.Output, output, node.Attributes.Flag("keepdims", missing: true) ? order : order.Squeezed([axis]));
    }

    private static void Cumulate(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        AxisView view = AxisView.Of(
            writer.Find(x).Order, Inferring.Axis(node.Integers(1, "the axis")[0], x.Rank));
        Tensor output = writer.New(node.Output, view.Shape);
        writer.Add(new Cumsum(
            writer.Read(x, view.Order, view.Shape), output, 1, node.Attributes.Flag("exclusive"),
            node.Attributes.Flag("reverse")));
        writer.Store(node.Output, output, view.Order);
    }
}
