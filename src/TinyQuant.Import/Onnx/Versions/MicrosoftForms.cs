using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Operators of ONNX Runtime that ONNX has as well, or a few of its own together.</summary>
internal static class MicrosoftForms
{
    private const float QuickSlope = 1.702f;

    public static IEnumerable<VersionChange> All =>
    [
        Same("QuantizeLinear"), Same("DequantizeLinear"), Same("LayerNormalization"), Same("Trilu"), Same("Gelu"),
        Of("SimplifiedLayerNormalization", (_, node) => Become(node, "RMSNormalization")),
        Of("BiasGelu", (network, node) =>
        {
            Value sum = Operands.NewValue(network, node, "Add", node.Required(0), node.Required(1));
            Operands.Last(network, node, "Gelu", sum);
        }),
        Of("FastGelu", (network, node) =>
        {
            Value sum = node.Input(1) is { } bias
                ? Operands.NewValue(network, node, "Add", node.Required(0), bias)
                : node.Required(0);
            Operands.Last(network, node, "Gelu", sum).Attributes.Set("approximate", "tanh");
        }),
        Of("QuickGelu", (_, node) =>
        {
            node.Attributes.Set("alpha", node.Attributes.Float("alpha", QuickSlope));
            Become(node, "Swish");
        }),
    ];

    private static VersionChange Same(string name) => Of(name, (_, node) => Become(node, name));

    private static VersionChange Of(string name, Upgrading upgrade) =>
        new(name, upgrade) { Domain = Domains.Microsoft };

    private static void Become(Node node, string op)
    {
        node.Domain = Domains.Onnx;
        node.Operator = op;
    }
}
