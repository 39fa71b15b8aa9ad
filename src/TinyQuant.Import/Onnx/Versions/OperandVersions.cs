using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Operators some of whose attributes became inputs, or went.</summary>
internal static class OperandVersions
{
    private const int SliceInputs = 10;
    private const int TopInput = 10;
    private const int ClipInputs = 11;
    private const int PadInputs = 11;
    private const int DropoutInputs = 12;
    private const int SplitInput = 13;

    public static IEnumerable<VersionChange> All =>
    [
        new("Slice", Slice), new("Clip", Clip), new("Pad", Pad), new("Dropout", Dropout),
        new("Split", (network, node) =>
        {
            if (node.Version < SplitInput)
            {
                Operands.IntsToInput(network, node, "split", 1);
            }
        }),
        new("TopK", (network, node) =>
        {
            if (node.Version < TopInput)
            {
                var count = new Constant(OnnxType.Int64, [1], node.Attributes.Int("k", 0));
                Operands.ToInput(network, node, "k", 1, count);
            }
        }),
        new("Scatter", (_, node) => node.Operator = "ScatterElements"),
    ];

    private static void Slice(Network network, Node node)
    {
        if (node.Version < SliceInputs)
        {
            Operands.IntsToInput(network, node, "starts", 1);
            Operands.IntsToInput(network, node, "ends", 2);
            Operands.IntsToInput(network, node, "axes", 3);
        }
    }

    private static void Clip(Network network, Node node)
    {
        if (node.Version >= ClipInputs)
        {
            return;
        }

        foreach ((string name, int place) in new[] { ("min", 1), ("max", 2) })
        {
            if (node.Attributes.Has(name))
            {
                Operands.ToInput(network, node, name, place, new Constant([], node.Attributes.Float(name, 0)));
            }
        }
    }

    private static void Pad(Network network, Node node)
    {
        if (node.Version < PadInputs)
        {
            Operands.IntsToInput(network, node, "pads", 1);
            var value = new Constant([], node.Attributes.Float("value", 0));
            Operands.ToInput(network, node, "value", 2, value);
        }
    }

    /// <summary>How much it drops while a model is trained does not matter here.</summary>
    private static void Dropout(Network network, Node node)
    {
        if (node.Version < DropoutInputs)
        {
            var ratio = new Constant([], node.Attributes.Float("ratio", 0));
            Operands.ToInput(network, node, "ratio", 1, ratio);
        }
    }
}
