using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Inference;
using TinyQuant.Import.Onnx.Layout;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Elements in proportion to others, in any order of memory.</summary>
internal static class NormalizationMappings
{
    private const float Epsilon = 1e-5f;

    public static IEnumerable<OnnxMapping> All =>
    [
        new("Softmax", (_, node, writer) => Last(node, writer, (i, o) => new Softmax(i, o, 1))),
        new("LogSoftmax", (_, node, writer) => Last(node, writer, (i, o) => new LogSoftmax(i, o))),
        new("InstanceNormalization", (_, node, writer) => Store(
            node, writer, d => d >= 2, node.Attributes.Float("epsilon", Epsilon), true,
            Parameter(node, 1, Channels(node)), Parameter(node, 2, Channels(node)))),
        new("LayerNormalization", Layer),
        new("RMSNormalization", Layer),
        new("MeanVarianceNormalization", (_, node, writer) =>
        {
            ImmutableArray<int> axes = node.Attributes.Ints32("axes");
            axes = axes.IsDefaultOrEmpty ? [0, 2, 3] : axes;
            int rank = node.Required(0).Rank;
            int[] reduced = [.. axes.Select(a => Inferring.Axis(a, rank))];
            Store(node, writer, reduced.Contains, 1e-9f, true, null, null);
        }),
        new("LpNormalization", LpNormalize),
        new("GroupNormalization", Groups),
    ];

    private static void Last(Node node, GraphWriter writer, Func<Tensor, Tensor, Operator> make)
    {
        Value x = node.Required(0);
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), x.Rank);
        AxisOrder order = writer.Find(x).Order.MovedLast(d => d == axis);
        int size = x.Shape[axis];
        Tensor output = writer.New(node.Output, [(int)(Shapes.Count(x.Shape) / size), size]);
        writer.Add(make(writer.Read(x, order, output.Shape), output));
        writer.Store(node.Output, output, order);
    }

    private static void Layer(Network network, Node node, GraphWriter writer)
    {
        if (node.Outputs.Skip(1).Any(o => o is not null && (o.Readers.Count > 0 || o.IsOutput)))
        {
            throw new UnsupportedException("its mean or variance is asked for; expected its first output alone");
        }

        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), node.Required(0).Rank);
        Store(
            node, writer, d => d >= axis, node.Attributes.Float("epsilon", Epsilon),
            node.Is("LayerNormalization"), node.Required(1), node.Input(2));
    }

    /// <summary>(x - mean) / √(variance + epsilon) · scale + bias over some dimensions.</summary>
    private static void Store(
        Node node, GraphWriter writer, Func<int, bool> isReduced, float epsilon, bool hasMean, Value? scale,
        Value? bias)
    {
        Stored x = writer.Find(node.Required(0));
        Tensor y = Normalized(writer, node.Output.Name, x, isReduced, epsilon, hasMean);
        writer.Store(node.Output, Scaled(node, writer, y, x.Order, scale, bias), x.Order);
    }

    /// <summary>(x - mean) / √(variance + epsilon) over some dimensions, in the order of x.</summary>
    private static Tensor Normalized(
        GraphWriter writer, string name, Stored x, Func<int, bool> isReduced, float epsilon, bool hasMean)
    {
        ImmutableArray<int> sizes = x.Order.MemorySizes;
        ImmutableArray<int> axes =
            [.. Enumerable.Range(0, sizes.Length).Where(k => isReduced(x.Order.DimensionOf(x.Order.Memory[k])))];
        ImmutableArray<int> kept = [.. sizes.Select((s, k) => axes.Contains(k) ? 1 : s)];
        Tensor Averaged(Tensor all)
        {
            if (axes.IsEmpty)
            {
                return all;
            }

            Tensor mean = writer.New(name, all.Type, kept);
            writer.Add(new Mean(all, mean, axes, keepDims: true));
            return mean;
        }

        Tensor y = writer.View(x.Tensor, sizes);
        y = hasMean ? writer.Combine(name, y, Averaged(y), (i, o) => new Sub(i, o)) : y;
        Tensor variance = Averaged(writer.Apply(name, y, (i, o) => new Square(i, o)));
        Tensor factor = writer.Apply(name, writer.Plus(name, variance, epsilon), (i, o) => new Rsqrt(i, o));
        return writer.Times(name, y, factor);
    }

    /// <summary>y · scale + bias, which are stretched to its shape.</summary>
    private static Tensor Scaled(
        Node node, GraphWriter writer, Tensor y, AxisOrder order, Value? scale, Value? bias)
    {
        var value = new Value(node.Output.Name) { Type = node.Output.Type, Shape = node.Output.Shape };
        writer.Store(value, y, order);
        foreach ((Value? parameter, Func<ImmutableArray<Tensor>, Tensor, Operator> make) in
            new (Value?, Func<ImmutableArray<Tensor>, Tensor, Operator>)[]
            {
                (scale, (i, o) => new Mul(i, o)), (bias, (i, o) => new Add(i, o)),
            })
        {
            if (parameter is null)
            {
                continue;
            }

            Broadcast both = Broadcast.Of(writer, [value, parameter], value.Shape);
            y = writer.New(node.Output, both.Shape);
            writer.Add(make(both.Operands, y));
            writer.Store(value, y, both.Order);
        }

        return y;
    }

    private static ImmutableArray<int> Channels(Node node) =>
        [node.Required(0).Shape[1], .. Enumerable.Repeat(1, node.Required(0).Rank - 2)];

    /// <summary>A constant under other dimensions.</summary>
    private static Value Parameter(Node node, int input, ImmutableArray<int> shape)
    {
        Value value = node.Required(input);
        if (value.Constant is not { } constant)
        {
            throw new UnsupportedException(
                $"its parameter '{Places.Shown(value.Name)}' is computed; expected a constant");
        }

        var shaped = new Value(value.Name);
        shaped.Become(constant.Reshaped(shape));
        return shaped;
    }

    private static void LpNormalize(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), x.Rank);
        long p = node.Attributes.Int("p", 2);
        AxisView view = AxisView.Of(writer.Find(x).Order, axis);
        Tensor input = writer.Read(x, view.Order, view.Shape);
        string name = node.Output.Name;
        Tensor sizes = writer.Apply(name, input, p == 1 ? (i, o) => new Abs(i, o) : (i, o) => new Square(i, o));
        Tensor sum = writer.New(name, input.Type, [view.Outer, 1, view.Inner]);
        writer.Add(new Sum(sizes, sum, [1], keepDims: true));
        Tensor norm = p == 1 ? sum : writer.Apply(name, sum, (i, o) => new Sqrt(i, o));
        writer.Store(node.Output, writer.Combine(name, input, norm, (i, o) => new Div(i, o)), view.Order);
    }

    private static void Groups(Network network, Node node, GraphWriter writer)
    {
        Value x = node.Required(0);
        int groups = node.Attributes.Int32("num_groups", 1);
        Inferring.Require(groups >= 1 && x.Rank >= 3 && x.Shape[1] % groups == 0,
            Invariant($"it has {groups} groups of {x.TypeAndShape}"));
        Stored stored = writer.Find(x);
        ImmutableArray<int> shape = [x.Shape[0], groups, x.Shape[1] / groups, .. x.Shape.Skip(2)];
        AxisOrder order = stored.Order.Reshaped(shape) ?? AxisOrder.RowMajor(shape);
        Tensor tensor = stored.Order.Reshaped(shape) is null ? writer.Read(x) : stored.Tensor;
        Tensor normal = Normalized(
            writer, node.Output.Name, new Stored(tensor, order), d => d >= 2, node.Attributes.Float("epsilon", Epsilon),
            hasMean: true);
        AxisOrder back = order.Reshaped(x.Shape)!; // the groups of channels are parts of one dimension again
        writer.Store(
            node.Output,
            Scaled(
                node, writer, normal, back, Parameter(node, 1, Channels(node)), Parameter(node, 2, Channels(node))),
            back);
    }
}
