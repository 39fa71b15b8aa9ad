using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Upsample, and Resize before it said how coordinates are computed.</summary>
internal static class ImageVersions
{
    private const int ScalesInput = 9;
    private const int Coordinates = 11;

    public static IEnumerable<VersionChange> All => [new("Upsample", Upsample), new("Resize", Resize)];

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
