using TinyQuant.Import.Onnx.Lowering;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Model;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>Functions of one element, in any order of memory.</summary>
internal static class UnaryMappings
{
    public static IEnumerable<OnnxMapping> All =>
    [
        Of("Abs", (x, y) => new Abs(x, y)), Of("Ceil", (x, y) => new Ceil(x, y)), Of("Cos", (x, y) => new Cos(x, y)),
        Of("Exp", (x, y) => new Exp(x, y)), Of("Floor", (x, y) => new Floor(x, y)),
        Of("HardSwish", (x, y) => new HardSwish(x, y)), Of("Log", (x, y) => new Log(x, y)),
        Of("Neg", (x, y) => new Neg(x, y)), Of("Not", (x, y) => new LogicalNot(x, y)),
        Of("Relu", (x, y) => new Relu(x, y)), Of("Round", (x, y) => new Round(x, y)),
        Of("Sigmoid", (x, y) => new Logistic(x, y)), Of("Sin", (x, y) => new Sin(x, y)),
        Of("Sqrt", (x, y) => new Sqrt(x, y)), Of("Tanh", (x, y) => new Tanh(x, y)),
        new("LeakyRelu", (_, node, writer) => Write(node, writer, (w, name, x) =>
            w.Apply(name, x, (i, o) => new LeakyRelu(i, o, node.Attributes.Float("alpha", 0.01f))))),
        Composed("Clip", Clip),
        Composed("Reciprocal", (w, node, name, x) => w.Over(name, 1, x)),
        Composed("Softplus", (w, _, name, x) => Softplus(w, name, x)),
        Composed("Softsign", (w, _, name, x) => w.Combine(
            name, x, w.Plus(name, w.Apply(name, x, (i, o) => new Abs(i, o)), 1), (i, o) => new Div(i, o))),
        Composed("Mish", (w, _, name, x) =>
            w.Times(name, x, w.Apply(name, Softplus(w, name, x), (i, o) => new Tanh(i, o)))),
        Composed("Swish", (w, node, name, x) => w.Times(name, x, w.Apply(
            name, Scaled(w, name, x, node.Attributes.Float("alpha", 1)), (i, o) => new Logistic(i, o)))),
        Composed("QuickGelu", (w, node, name, x) => w.Times(name, x, w.Apply(
            name, Scaled(w, name, x, node.Attributes.Float("alpha", 1.702f)), (i, o) => new Logistic(i, o))))
            with { Domain = Schema.Domains.Microsoft },
        Composed("HardSigmoid", (w, node, name, x) => w.AtMost(name, w.AtLeast(name, w.Plus(
            name, w.Times(name, x, node.Attributes.Float("alpha", 0.2f)), node.Attributes.Float("beta", 0.5f)), 0), 1)),
        Composed("Elu", (w, node, name, x) => Elu(w, name, x, node.Attributes.Float("alpha", 1), 1)),
        Composed("Celu", (w, node, name, x) =>
            Elu(w, name, x, node.Attributes.Float("alpha", 1), node.Attributes.Float("alpha", 1))),
        Composed("Selu", (w, node, name, x) => w.Times(
            name, Elu(w, name, x, node.Attributes.Float("alpha", 1.67326319217681884765625f), 1),
            node.Attributes.Float("gamma", 1.05070102214813232421875f))),
        Composed("ThresholdedRelu", ThresholdedRelu),
        Composed("Gelu", Gelu),
    ];

    /// <summary>A number over each element.</summary>
    public static Tensor Over(this GraphWriter writer, string name, float number, Tensor x)
    {
        Tensor output = writer.New(name, x.Type, x.Shape);
        writer.Add(new Div([writer.Number(name, number), x], output));
        return output;
    }

    private static OnnxMapping Of(string name, Func<Tensor, Tensor, Operator> make) =>
        new(name, (_, node, writer) => Write(node, writer, (w, output, x) => w.Apply(output, x, make)));

    private static OnnxMapping Composed(string name, Func<GraphWriter, Node, string, Tensor, Tensor> write) =>
        new(name, (_, node, writer) => Write(node, writer, (w, output, x) => write(w, node, output, x)));

    private static void Write(Node node, GraphWriter writer, Func<GraphWriter, string, Tensor, Tensor> write)
    {
        Stored x = writer.Find(node.Required(0));
        writer.Store(node.Output, write(writer, node.Output.Name, x.Tensor), x.Order);
    }

    private static Tensor Scaled(GraphWriter w, string name, Tensor x, float factor) =>
        factor == 1 ? x : w.Times(name, x, factor);

    private static Tensor Clip(GraphWriter w, Node node, string name, Tensor x)
    {
        (float least, float most) = Fusion.Bounds(node) ?? throw new UnsupportedException(
            "its bounds are not known before the model runs; expected constants");
        return Fusion.Of(node) switch
        {
            Activation.Relu => w.Apply(name, x, (i, o) => new Relu(i, o)),
            Activation.Relu6 => w.Apply(name, x, (i, o) => new Relu6(i, o)),
            Activation.ReluN1To1 => w.Apply(name, x, (i, o) => new ReluN1To1(i, o)),
            _ => Bounded(w, name, x, least, most),
        };
    }

    private static Tensor Bounded(GraphWriter w, string name, Tensor x, float least, float most)
    {
        if (x.Type != TensorType.Float32)
        {
            throw new UnsupportedException($"it bounds {x.Type.ToName()}; expected float32");
        }

        x = float.IsNegativeInfinity(least) ? x : w.AtLeast(name, x, least);
        return float.IsPositiveInfinity(most) ? x : w.AtMost(name, x, most);
    }

    /// <summary>log(1 + e^x) as max(x, 0) + log(1 + e^-|x|), which no exponent overflows.</summary>
    private static Tensor Softplus(GraphWriter w, string name, Tensor x)
    {
        Tensor below = w.Apply(name, w.Apply(name, x, (i, o) => new Abs(i, o)), (i, o) => new Neg(i, o));
        Tensor log = w.Apply(
            name, w.Plus(name, w.Apply(name, below, (i, o) => new Exp(i, o)), 1), (i, o) => new Log(i, o));
        return w.Plus(name, w.Apply(name, x, (i, o) => new Relu(i, o)), log);
    }

    /// <summary>x from 0 on, alpha (e^(x / step) - 1) below.</summary>
    private static Tensor Elu(GraphWriter w, string name, Tensor x, float alpha, float step)
    {
        if (alpha == 1 && step == 1)
        {
            return w.Apply(name, x, (i, o) => new Elu(i, o));
        }

        Tensor below = w.AtMost(name, x, 0);
        Tensor curve = w.Apply(
            name, step == 1 ? below : w.Times(name, below, 1 / step), (i, o) => new Elu(i, o));
        return w.Plus(name, w.Apply(name, x, (i, o) => new Relu(i, o)), w.Times(name, curve, alpha));
    }

    private static Tensor ThresholdedRelu(GraphWriter w, Node node, string name, Tensor x)
    {
        Tensor isAbove = w.New(name, TensorType.Bool, x.Shape);
        w.Add(new Greater([x, w.Number(name, node.Attributes.Float("alpha", 1))], isAbove));
        Tensor output = w.New(name, x.Type, x.Shape);
        w.Add(new SelectV2([isAbove, x, w.Number(name, 0)], output));
        return output;
    }

    private static Tensor Gelu(GraphWriter w, Node node, string name, Tensor x)
    {
        if (node.Attributes.String("approximate", "none") != "tanh")
        {
            throw new UnsupportedException("it is made of the error function; expected approximate=tanh");
        }

        // x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))
        Tensor cube = w.Times(name, x, w.Apply(name, x, (i, o) => new Square(i, o)));
        Tensor inner = w.Times(
            name, w.Plus(name, x, w.Times(name, cube, 0.044715f)), (float)Math.Sqrt(2 / Math.PI));
        Tensor gate = w.Plus(name, w.Apply(name, inner, (i, o) => new Tanh(i, o)), 1);
        return w.Times(name, w.Times(name, x, 0.5f), gate);
    }
}
