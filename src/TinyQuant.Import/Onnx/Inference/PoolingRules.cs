using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Pools over windows, and over all rows and columns.</summary>
internal static class PoolingRules
{
    private static readonly string[] s_attributes =
        ["auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "strides"];

    public static IEnumerable<OperatorRule> All =>
    [
        Window("MaxPool", "storage_order") with { MostOutputs = 2, Infer = InferMaximum },
        Window("AveragePool", "count_include_pad"),
        Window("LpPool", "p"),
        Global("GlobalAveragePool"),
        Global("GlobalMaxPool"),
        Global("GlobalLpPool", "p"),
        Window("QLinearAveragePool", "count_include_pad", "channels_last") with
        {
            Domain = Domains.Microsoft,
            LeastInputs = 4,
            MostInputs = 5,
        },
        Global("QLinearGlobalAveragePool", "channels_last") with
        {
            Domain = Domains.Microsoft,
            LeastInputs = 4,
            MostInputs = 5,
        },
    ];

    /// <summary>What a pool looks at.</summary>
    public static Windows WindowsOf(Node node)
    {
        node.RequireRank(0, 3);
        Inferring.Require(!node.Attributes.Flag("channels_last"), "its channels are last; expected them before rows");
        ImmutableArray<int> kernel = node.Attributes.Ints32("kernel_shape");
        Inferring.Require(!kernel.IsDefault, "it does not say the size of its window");
        return new Windows(node, node.Required(0).Shape, kernel);
    }

    private static OperatorRule Window(string name, params string[] attributes) => new(name)
    {
        MostInputs = 1,
        Attributes = [.. s_attributes, .. attributes],
        Infer = Infer,
    };

    private static OperatorRule Global(string name, params string[] attributes) => new(name)
    {
        MostInputs = 1,
        Attributes = attributes,
        Infer = node =>
        {
            node.RequireRank(0, 3);
            Inferring.Require(
                !node.Attributes.Flag("channels_last"), "its channels are last; expected them before rows");
            node.SetShape([.. node.Required(0).Shape.Select((s, d) => d < 2 ? s : 1)]);
        },
    };

    private static void Infer(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        node.SetShape([shape[0], shape[1], .. WindowsOf(node).Output]);
    }

    private static void InferMaximum(Node node)
    {
        Inferring.Require(node.OutputAt(1) is not { } places || (places.Readers.Count == 0 && !places.IsOutput),
            "the places of its greatest elements are asked for, which is not supported");
        node.SetOutputs([node.Output]);
        Infer(node);
    }
}
