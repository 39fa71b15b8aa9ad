using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Convolutions, of reals and of codes.</summary>
internal static class ConvolutionRules
{
    private static readonly string[] s_attributes =
        ["auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"];

    public static IEnumerable<OperatorRule> All =>
    [
        new("Conv")
        {
            LeastInputs = 2,
            MostInputs = 3,
            Attributes = s_attributes,
            Infer = node => node.SetShape(Shape(node, 0, 1, 2)),
        },
        new("ConvInteger")
        {
            LeastInputs = 2,
            MostInputs = 4,
            Attributes = s_attributes,
            Infer = node => node.Set(0, OnnxType.Int32, Shape(node, 0, 1, null)),
        },
        new("QLinearConv")
        {
            LeastInputs = 8,
            MostInputs = 9,
            Attributes = s_attributes,
            Infer = node => node.Set(0, node.Required(7).Type, Shape(node, 0, 3, 8)),
        },
        new("ConvTranspose")
        {
            LeastInputs = 2,
            MostInputs = 3,
            Attributes = [.. s_attributes, "output_padding", "output_shape"],
            Infer = node => node.SetShape(TransposedShape(node)),
        },
    ];

    /// <summary>What a convolution looks at.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Its input of images.</param>
    /// <param name="weights">Its input of weights.</param>
    public static Windows WindowsOf(Node node, int input, int weights)
    {
        node.RequireRank(input, 3);
        ImmutableArray<int> shape = node.Required(input).Shape, filters = node.Required(weights).Shape;
        Inferring.Require(filters.Length == shape.Length,
            Invariant($"its weights are {node.Required(weights).TypeAndShape}; expected {shape.Length} dimensions"));
        ImmutableArray<int> kernel = [.. filters.Skip(2)];
        ImmutableArray<int> said = node.Attributes.Ints32("kernel_shape");
        Inferring.Require(said.IsDefaultOrEmpty || said.SequenceEqual(kernel),
            $"its window is said to be {Shapes.Text(said)} and its weights are {Shapes.Text(filters)}");
        return new Windows(node, shape, kernel);
    }

    private static ImmutableArray<int> Shape(Node node, int input, int weights, int? bias)
    {
        Windows windows = WindowsOf(node, input, weights);
        ImmutableArray<int> shape = node.Required(input).Shape, filters = node.Required(weights).Shape;
        int groups = node.Attributes.Int32("group", 1);
        Inferring.Require(groups >= 1 && filters[1] * (long)groups == shape[1] && filters[0] % groups == 0,
            Invariant($"its weights are {Shapes.Text(filters)} in {groups} groups; its input is {Shapes.Text(shape)}"));
        RequireBias(node, bias, filters[0]);
        return [shape[0], filters[0], .. windows.Output];
    }

    private static void RequireBias(Node node, int? bias, long channels)
    {
        if (bias is { } place && node.Input(place) is { } value)
        {
            Inferring.Require(value.Rank == 1 && value.Shape[0] == channels,
                Invariant($"its bias is {value.TypeAndShape}; expected [{channels}]"));
        }
    }

    private static ImmutableArray<int> TransposedShape(Node node)
    {
        // Paddings take away from the output here, and those that are to be computed follow from it.
        Windows windows = WindowsOf(node, 0, 1);
        ImmutableArray<int> shape = node.Required(0).Shape, filters = node.Required(1).Shape;
        int groups = node.Attributes.Int32("group", 1), rank = windows.Input.Length;
        Inferring.Require(groups >= 1 && filters[0] == shape[1] && filters[0] % groups == 0,
            Invariant($"its weights are {Shapes.Text(filters)} in {groups} groups; its input is {Shapes.Text(shape)}"));
        long channels = (long)filters[1] * groups;
        RequireBias(node, 2, channels);
        ImmutableArray<int> more = windows.List("output_padding", rank, 0);
        ImmutableArray<int> given = node.Attributes.Ints32("output_shape");
        if (!given.IsDefaultOrEmpty)
        {
            // Some writers say batch and channels as well.
            given = given.Length == rank + 2 ? given[2..] : given;
            Inferring.Require(given.Length == rank && given.All(s => s >= 1),
                Invariant($"its output's shape is said to be {Shapes.Text(given)}; expected {rank} sizes"));
            return [shape[0], Inferring.Size(channels, "its channels"), .. given];
        }

        return [
            shape[0], Inferring.Size(channels, "its channels"),
            .. Enumerable.Range(0, rank).Select(d => Inferring.Size(
                windows.Mode.StartsWith("SAME", StringComparison.Ordinal)
                    ? (long)windows.Input[d] * windows.Strides[d]
                    : ((windows.Input[d] - 1L) * windows.Strides[d]) + more[d] + windows.Extent(d)
                        - windows.Before[d] - windows.Behind[d],
                "its output's size"))];
    }
}
