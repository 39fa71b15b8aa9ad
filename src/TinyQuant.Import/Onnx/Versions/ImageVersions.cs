using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Upsample, Resize before it said how coordinates are computed, and a scaler of the first versions.</summary>
internal static class ImageVersions
{
    private const int ScalesInput = 9;
    private const int Coordinates = 11;

    public static IEnumerable<VersionChange> All =>
        [new("Upsample", Upsample), new("Resize", Resize), new("ImageScaler", Scale)];

    /// <summary>
    /// An image times a number, and a number for each channel added: an experiment that was never part of a version,
    /// which converters of Core ML wrote and ONNX Runtime takes.
    /// </summary>
    private static void Scale(Network network, Node node)
    {
        Value image = node.Required(0);
        ImmutableArray<float> bias = node.Attributes.Floats("bias");
        if (image.Rank != 4 || bias.IsDefault || bias.Length != image.Shape[1])
        {
            throw new UnsupportedException(Invariant($"its input is {image.TypeAndShape}, and it adds ")
                + Invariant($"{(bias.IsDefault ? 0 : bias.Length)} numbers; expected 4 dimensions, and one for each ")
                + "channel");
        }

        Value scale = Operands.Real(network, node, "scale", node.Attributes.Float("scale", 1));
        Value scaled = Operands.NewValue(network, node, "Mul", image, scale);
        var added = new Constant([1, bias.Length, 1, 1], [.. bias]);
        Operands.Last(network, node, "Add", scaled, network.NewConstant($"{node.Output.Name}_bias", added));
    }

    private static void Upsample(Network network, Node node)
    {
        if (node.Version < ScalesInput && node.Attributes.Floats("scales") is { IsDefault: false } scales)
        {
            Operands.ToInput(network, node, "scales", 1, new Constant([scales.Length], [.. scales]));
        }

        node.Operator = "Resize";
        Old(node);
    }

    private static void Resize(Network network, Node node)
    {
        if (node.Version < Coordinates)
        {
            Old(node);
        }
        else
        {
            // Some writers say what is missing as a list of none.
            for (int place = 1; place < node.Inputs.Count; place++)
            {
                if (node.Input(place)?.Constant is { Count: 0 })
                {
                    node.SetInput(place, null);
                }
            }
        }
    }

    /// <summary>The coordinate of the input is that of the output divided by the scale; the nearest is below.</summary>
    private static void Old(Node node)
    {
        node.SetInputs([node.Input(0), null, node.Input(1)]);
        node.Attributes.Set("coordinate_transformation_mode", "asymmetric");
        node.Attributes.Set("nearest_mode", "floor");
        if (node.Attributes.String("mode", "nearest") == "bilinear")
        {
            node.Attributes.Set("mode", "linear");
        }
    }
}
