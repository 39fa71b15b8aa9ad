using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Operators that ONNX Runtime makes of several and saves: they become several again.</summary>
internal static class FusedForms
{
    public static IEnumerable<VersionChange> All =>
    [
        new("FusedConv", Convolution) { Domain = Domains.Microsoft },
        new("FusedGemm", Dense) { Domain = Domains.Microsoft },
        new("FusedMatMul", Product) { Domain = Domains.Microsoft },
        new("TransposeMatMul", Product) { Domain = Domains.Microsoft },
    ];

    /// <summary>A convolution, what is added to it, and a function.</summary>
    private static void Convolution(Network network, Node node)
    {
        string activation = node.Attributes.String("activation", "");
        ImmutableArray<float> parameters = node.Attributes.Floats("activation_params");
        Node inner = network.NewBefore(node, "Conv", node.Inputs.Take(3));
        CopyAttributes(node, inner, "activation", "activation_params");
        Value value = node.Input(3) is { } added
            ? Operands.NewValue(network, node, "Add", inner.Output, added)
            : inner.Output;
        Activate(network, node, value, activation, parameters.IsDefault ? [] : parameters);
    }

    /// <summary>A product of matrices and a function.</summary>
    private static void Dense(Network network, Node node)
    {
        string[] names = ["activation", "activation_alpha", "activation_beta", "activation_gamma"];
        ImmutableArray<float> parameters =
            [.. names.Skip(1).Where(node.Attributes.Has).Select(n => node.Attributes.Float(n, 0))];
        Node inner = network.NewBefore(node, "Gemm", node.Inputs);
        CopyAttributes(node, inner, names);
        Activate(network, node, inner.Output, node.Attributes.String(names[0], ""), parameters);
    }

    /// <summary>A product of matrices that are turned first, times a number.</summary>
    private static void Product(Network network, Node node)
    {
        foreach (string name in new[] { "transBatchA", "transBatchB" })
        {
            Operands.RequireInt(node, name, 0, "which turns stacks of matrices");
        }

        Value left = Turned(network, node, 0, "transA"), right = Turned(network, node, 1, "transB");
        float alpha = node.Attributes.Float("alpha", 1);
        if (alpha == 1)
        {
            Operands.Last(network, node, "MatMul", left, right);
            return;
        }

        Value product = Operands.NewValue(network, node, "MatMul", left, right);
        Operands.Last(network, node, "Mul", product, Operands.Real(network, node, "alpha", alpha));
    }

    private static Value Turned(Network network, Node node, int input, string attribute)
    {
        Value value = node.Required(input);
        return !node.Attributes.Flag(attribute) || value.Rank < 2 ? value : Operands.Transposed(
            network, node, value, [.. Enumerable.Range(0, value.Rank - 2), value.Rank - 1, value.Rank - 2]);
    }

    private static void CopyAttributes(Node from, Node to, params string[] without)
    {
        foreach ((string name, object value) in from.Attributes.All.Where(a => !without.Contains(a.Key)))
        {
            to.Attributes.Set(name, value);
        }
    }

    private static void Activate(
        Network network, Node node, Value value, string activation, ImmutableArray<float> parameters)
    {
        string[] names = activation switch
        {
            "Relu" or "Tanh" or "Sigmoid" or "Softplus" or "Softsign" => [],
            "LeakyRelu" or "Elu" or "ThresholdedRelu" => ["alpha"],
            "HardSigmoid" => ["alpha", "beta"],
            "Clip" => ["min", "max"],
            _ => throw new UnsupportedException($"its function is '{Places.Shown(activation)}', which is not known"),
        };
        if (parameters.Length > names.Length)
        {
            throw new UnsupportedException(
                Invariant($"its function {activation} has {parameters.Length} numbers; expected {names.Length}"));
        }

        if (activation == "Clip")
        {
            IEnumerable<Value> bounds = parameters.Zip(names).Select(
                p => Operands.Real(network, node, p.Second, p.First));
            Operands.Last(network, node, activation, [value, .. bounds]);
            return;
        }

        Node function = Operands.Last(network, node, activation, value);
        foreach ((float parameter, string name) in parameters.Zip(names))
        {
            function.Attributes.Set(name, parameter);
        }
    }
}
