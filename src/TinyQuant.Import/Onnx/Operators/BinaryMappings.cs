using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Functions of elements of several tensors, which are stretched to one shape.</summary>
internal static class BinaryMappings
{
    private delegate Operator Make(ImmutableArray<Tensor> inputs, Tensor output);

    public static IEnumerable<OnnxMapping> All =>
    [
        Fused("Add", (i, o, a) => new Add(i, o, a)), Fused("Sub", (i, o, a) => new Sub(i, o, a)),
        Fused("Mul", (i, o, a) => new Mul(i, o, a)), Fused("Div", (i, o, a) => new Div(i, o, a)),
        Of("PRelu", (i, o) => new Prelu(i, o)),
        Of("Equal", (i, o) => new Equal(i, o)), Of("Greater", (i, o) => new Greater(i, o)),
        Of("GreaterOrEqual", (i, o) => new GreaterEqual(i, o)), Of("Less", (i, o) => new Less(i, o)),
        Of("LessOrEqual", (i, o) => new LessEqual(i, o)),
        Of("And", (i, o) => new LogicalAnd(i, o)), Of("Or", (i, o) => new LogicalOr(i, o)),
        Of("Where", (i, o) => new SelectV2(i, o)),
        Several("Max", (i, o) => new Maximum(i, o)), Several("Min", (i, o) => new Minimum(i, o)),
        Several("Sum", (i, o) => new Add(i, o)),
        new("Mean", (_, node, writer) =>
        {
            Broadcast all = WriteSeveral(node, writer, (i, o) => new Add(i, o), out Tensor sum);
            writer.Store(node.Output, node.Inputs.Count == 1
                ? sum
                : writer.Times(node.Output.Name, sum, 1f / node.Inputs.Count), all.Order);
        }),
        new("Mod", MapMod),
        new("Pow", MapPow),
    ];

    private static OnnxMapping Of(string name, Make make) => new(name, (_, node, writer) =>
    {
        Broadcast all = Operands(node, writer);
        Tensor output = writer.New(node.Output, all.Shape);
        writer.Add(make(all.Operands, output));
        writer.Store(node.Output, output, all.Order);
    });

    private static OnnxMapping Fused(string name, Func<ImmutableArray<Tensor>, Tensor, Activation, Operator> make) =>
        new(name, (network, node, writer) =>
        {
            Activation activation = Fusion.Take(network, node);
            Broadcast all = Operands(node, writer);
            Tensor output = writer.New(node.Output, all.Shape);
            writer.Add(make(all.Operands, output, activation));
            writer.Store(node.Output, output, all.Order);
        });

    private static OnnxMapping Several(string name, Make make) => new(name, (_, node, writer) =>
    {
        Broadcast all = WriteSeveral(node, writer, make, out Tensor output);
        writer.Store(node.Output, output, all.Order);
    });

    private static Broadcast Operands(Node node, GraphWriter writer) => Broadcast.Of(
        writer, [.. Enumerable.Range(0, node.Inputs.Count).Select(node.Required)], node.Output.Shape);

    private static Broadcast WriteSeveral(Node node, GraphWriter writer, Make make, out Tensor output)
    {
        Broadcast all = Operands(node, writer);
        output = all.Operands[0];
        ImmutableArray<int> shape = output.Shape;
        for (int i = 1; i < all.Operands.Length; i++)
        {
            shape = [.. shape.Zip(all.Operands[i].Shape, Math.Max)];
            Tensor next = writer.New(node.Output, shape);
            writer.Add(make([output, all.Operands[i]], next));
            output = next;
        }

        return all;
    }

    private static void MapMod(Network network, Node node, GraphWriter writer)
    {
        if (node.Attributes.Flag("fmod"))
        {
            throw new UnsupportedException("its remainder has the sign of what is divided, by fmod=1; expected 0");
        }

        Broadcast all = Operands(node, writer);
        Tensor output = writer.New(node.Output, all.Shape);
        writer.Add(new FloorMod(all.Operands, output));
        writer.Store(node.Output, output, all.Order);
    }

    private static void MapPow(Network network, Node node, GraphWriter writer)
    {
        if (node.Required(0).Type != OnnxType.Float32 || node.Required(1).Constant is not { Count: 1 } exponent)
        {
            throw new UnsupportedException("its exponent is not one number that is known; expected a constant");
        }

        Stored x = writer.Find(node.Required(0));
        string name = node.Output.Name;
        Tensor y = exponent.Doubles[0] switch
        {
            0.5 => writer.Apply(name, x.Tensor, (i, o) => new Sqrt(i, o)),
            -0.5 => writer.Apply(name, x.Tensor, (i, o) => new Rsqrt(i, o)),
            1 => x.Tensor,
            2 => writer.Apply(name, x.Tensor, (i, o) => new Square(i, o)),
            3 => writer.Times(name, x.Tensor, writer.Apply(name, x.Tensor, (i, o) => new Square(i, o))),
            -1 => writer.Over(name, 1, x.Tensor),
            double other => throw new UnsupportedException(
                Invariant($"its exponent is {other}; expected -1, -0.5, 0.5, 1, 2 or 3")),
        };
        writer.Store(node.Output, y, x.Order);
    }
}
