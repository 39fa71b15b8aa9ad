using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Reals to codes and back, and what ONNX Runtime does with codes alone.</summary>
internal static class QuantizationRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("QuantizeLinear")
        {
            LeastInputs = 2,
            MostInputs = 3,
            Attributes = ["axis", "block_size", "output_dtype", "precision", "saturate"],
            Infer = InferQuantize,
            Fold = FoldQuantize,
        },
        new("DequantizeLinear")
        {
            LeastInputs = 2,
            MostInputs = 3,
            Attributes = ["axis", "block_size", "output_dtype"],
            Infer = InferDequantize,
        },
        new("DynamicQuantizeLinear")
        {
            MostInputs = 1,
            MostOutputs = 3,
            Infer = node =>
            {
                node.Set(0, OnnxType.UInt8, node.Required(0).Shape);
                node.Set(1, OnnxType.Float32, []);
                node.Set(2, OnnxType.UInt8, []);
            },
        },
        Microsoft("QLinearAdd", 7, 8, InferTwo), Microsoft("QLinearMul", 7, 8, InferTwo),
        Microsoft("QLinearSigmoid", 4, 5, Inferring.SetAlike),
        Microsoft("QLinearLeakyRelu", 4, 5, Inferring.SetAlike, "alpha"),
        Microsoft("QLinearSoftmax", 4, 5, Inferring.SetAlike, "axis", "opset"),
        Microsoft("QLinearConcat", 5, Limits.Operands, InferConcat, "axis"),
        Microsoft("QLinearWhere", 9, 9, InferWhere),
        Microsoft("QLinearReduceMean", 4, 5, InferMean, "axes", "keepdims"),
    ];

    private static OperatorRule Microsoft(
        string name, int least, int most, Action<Node> infer, params string[] attributes) => new(name)
        {
            Domain = Domains.Microsoft,
            LeastInputs = least,
            MostInputs = most,
            Attributes = attributes,
            Infer = infer,
        };

    private static void InferQuantize(Node node)
    {
        RequireScales(node);
        var said = (OnnxType)node.Attributes.Int32("output_dtype", 0);
        OnnxType type = node.Input(2)?.Type ?? (said == OnnxType.Undefined ? OnnxType.UInt8 : said);
        Inferring.Require(type.IsInteger(), $"it makes codes of {type.Word()}; expected integers");
        node.Set(0, type, node.Required(0).Shape);
    }

    private static void InferDequantize(Node node)
    {
        RequireScales(node);
        node.Set(0, OnnxType.Float32, node.Required(0).Shape);
    }

    private static void RequireScales(Node node)
    {
        Value scale = node.Required(1);
        Inferring.Require(node.Attributes.Int("block_size", 0) == 0,
            "it has scales of blocks, which are not supported; expected one, or one for each slice");
        bool isOne = Shapes.Count(scale.Shape) == 1;
        int axis = isOne ? 0 : Inferring.Axis(node.Attributes.Int("axis", 1), node.Required(0).Rank);
        Inferring.Require(isOne || scale.Shape.SequenceEqual([node.Required(0).Shape[axis]]),
            $"its scales are {scale.TypeAndShape}; its input is {node.Required(0).TypeAndShape}");
        Inferring.Require(node.Input(2) is not { } zero || Shapes.Count(zero.Shape) is 1
            || zero.Shape.SequenceEqual(scale.Shape), "its zero points are others than one, or one for each scale");
    }

    /// <summary>The nearest codes, halves to even; the zero point is added behind.</summary>
    private static Constant[]? FoldQuantize(Node node)
    {
        Constant x = node.Required(0).Constant!, scales = node.Required(1).Constant!;
        Constant? zeros = node.Input(2)?.Constant;
        (long least, long most) = node.Output.Type.Range();
        int axis = scales.Count == 1 ? 0 : Inferring.Axis(node.Attributes.Int("axis", 1), x.Shape.Length);
        int inner = scales.Count == 1 ? 1 : (int)Shapes.Count(x.Shape.AsSpan()[(axis + 1)..]);
        if (!x.Type.IsReal())
        {
            return null;
        }

        long[] codes = new long[x.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            int slice = i / inner % scales.Count;
            float scaled = MathF.Round(x.Floats[i] / scales.Floats[slice], MidpointRounding.ToEven);
            long zero = zeros?.Integers[zeros.Count == 1 ? 0 : slice] ?? 0;
            codes[i] = float.IsNaN(scaled)
                ? zero
                : Math.Clamp((long)Math.Clamp(scaled, -1e15f, 1e15f) + zero, least, most);
        }

        return [new Constant(node.Output.Type, x.Shape, codes)];
    }

    private static void InferTwo(Node node) => node.SetShape(
        Broadcasting.Shape(node.Required(0).Shape, node.Required(3).Shape));

    /// <summary>Scale and zero point of the output, and then data, scale and zero point of each input.</summary>
    private static void InferConcat(Node node)
    {
        ImmutableArray<int> first = node.Required(2).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", 0), first.Length);
        long size = 0;
        for (int i = 2; i < node.Inputs.Count; i += 3)
        {
            ImmutableArray<int> shape = node.Required(i).Shape;
            Inferring.Require(shape.Length == first.Length && shape.SetItem(axis, first[axis]).SequenceEqual(first),
                $"it joins {Shapes.Text(first)} and {Shapes.Text(shape)}, which do not fit");
            size += shape[axis];
        }

        node.Set(0, node.Required(1).Type, first.SetItem(axis, Inferring.Size(size, "its output's size")));
    }

    private static void InferWhere(Node node) => node.Set(0, node.Required(1).Type, Broadcasting.Shape(
        node.Required(0).Shape, node.Required(1).Shape, node.Required(4).Shape));

    private static void InferMean(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        ImmutableArray<long> given = node.Attributes.Ints("axes");
        ImmutableArray<int> axes = given.IsDefaultOrEmpty
            ? [.. Enumerable.Range(0, shape.Length)]
            : Inferring.Axes(given.AsSpan(), shape.Length);
        node.SetShape(node.Attributes.Flag("keepdims", missing: true)
            ? [.. shape.Select((s, d) => axes.Contains(d) ? 1 : s)]
            : [.. shape.Where((_, d) => !axes.Contains(d))]);
    }
}
