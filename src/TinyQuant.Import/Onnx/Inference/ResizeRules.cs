using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Images of another size.</summary>
internal static class ResizeRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("Resize")
        {
            MostInputs = 4,
            Attributes =
            [
                "antialias", "axes", "coordinate_transformation_mode", "cubic_coeff_a", "exclude_outside",
                "extrapolation_value", "keep_aspect_ratio_policy", "mode", "nearest_mode",
            ],
            Infer = Infer,
        },
    ];

    /// <summary>The dimensions that a Resize changes, in the order of its scales and sizes.</summary>
    public static ImmutableArray<int> Axes(Node node) =>
        node.Attributes.Ints("axes") is { IsDefaultOrEmpty: false } axes
        ? Inferring.Axes(axes.AsSpan(), node.Required(0).Rank)
        : [.. Enumerable.Range(0, node.Required(0).Rank)];

    private static void Infer(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape, axes = Axes(node);
        ImmutableArray<int>.Builder sizes = shape.ToBuilder();
        if (node.Known(3, "the sizes") is { Count: > 0 } asked)
        {
            Inferring.Require(asked.Count == axes.Length,
                Invariant($"it has {asked.Count} sizes; expected {axes.Length}"));
            Inferring.Require(node.Attributes.String("keep_aspect_ratio_policy", "stretch") == "stretch",
                "it keeps the ratio of the sides, which is not supported; expected keep_aspect_ratio_policy=stretch");
            for (int i = 0; i < axes.Length; i++)
            {
                sizes[axes[i]] = Inferring.Size(asked.Integers[i], "a size");
            }
        }
        else if (node.Known(2, "the scales") is { Count: > 0 } scales)
        {
            Inferring.Require(scales.Count == axes.Length,
                Invariant($"it has {scales.Count} scales; expected {axes.Length}"));
            for (int i = 0; i < axes.Length; i++)
            {
                // In float32, as ONNX Runtime has it.
                float size = shape[axes[i]] * scales.Floats[i];
                Inferring.Require(size is >= 0 and <= int.MaxValue, Invariant($"a scale is {scales.Floats[i]}"));
                sizes[axes[i]] = (int)size;
            }
        }
        else
        {
            throw new UnsupportedException("it has neither scales nor sizes");
        }

        node.SetShape(sizes.ToImmutable());
    }
}
