using System.Collections.Immutable;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>Elements in proportion to others: the output is as the input.</summary>
internal static class NormalizationRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        Of("Softmax", 1, "axis"), Of("LogSoftmax", 1, "axis"), Of("Hardmax", 1, "axis"),
        Of("LRN", 1, "alpha", "beta", "bias", "size"),
        Of("LpNormalization", 1, "axis", "p"),
        Of("MeanVarianceNormalization", 1, "axes"),
        Of("InstanceNormalization", 3, "epsilon") with { Infer = node => InferChannels(node, 1, 2) },
        Of("GroupNormalization", 3, "epsilon", "num_groups", "stash_type"),
        Of("BatchNormalization", 5, "epsilon", "momentum", "training_mode") with
        {
            MostOutputs = 5,
            Infer = InferBatch,
        },
        Of("LayerNormalization", 2, "axis", "epsilon", "stash_type") with
        {
            MostInputs = 3,
            MostOutputs = 3,
            Infer = InferLayer,
        },
        Of("RMSNormalization", 2, "axis", "epsilon", "stash_type") with { Infer = InferLayer },
        Of("SkipLayerNormalization", 3, "epsilon") with
        {
            Domain = Domains.Microsoft,
            MostInputs = 5,
            MostOutputs = 4,
            Infer = InferSkip,
        },
        Of("SkipSimplifiedLayerNormalization", 3, "epsilon") with
        {
            Domain = Domains.Microsoft,
            MostInputs = 4,
            MostOutputs = 4,
            Infer = InferSkip,
        },
    ];

    private static OperatorRule Of(string name, int inputs, params string[] attributes) => new(name)
    {
        LeastInputs = inputs,
        MostInputs = inputs,
        Attributes = attributes,
        Infer = InferAxis,
    };

    private static void InferAxis(Node node)
    {
        if (node.Attributes.Has("axis"))
        {
            Inferring.Axis(node.Attributes.Int("axis", -1), node.Required(0).Rank);
        }

        node.SetAlike();
    }

    private static void InferChannels(Node node, params int[] inputs)
    {
        node.RequireRank(0, 2);
        int channels = node.Required(0).Shape[1];
        foreach (int input in inputs)
        {
            Inferring.Require(node.Required(input).Shape.SequenceEqual([channels]),
                Invariant($"input {input} is {node.Required(input).TypeAndShape}; expected [{channels}]"));
        }

        node.SetAlike();
    }

    private static void InferBatch(Node node)
    {
        Inferring.Require(!node.Attributes.Flag("training_mode"),
            "it is being trained; expected a model that is exported for inference");
        Inferring.Require(node.Outputs.Skip(1).All(o => o is null || (o.Readers.Count == 0 && !o.IsOutput)),
            "its statistics are asked for, which only training computes");
        node.SetOutputs([node.Output]);
        InferChannels(node, 1, 2, 3, 4);
    }

    private static void InferLayer(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        int axis = Inferring.Axis(node.Attributes.Int("axis", -1), shape.Length);
        node.SetAlike();
        for (int output = 1; output < node.Outputs.Count; output++)
        {
            node.Set(output, OnnxType.Float32, [.. shape.Select((s, d) => d < axis ? s : 1)]);
        }
    }

    private static void InferSkip(Node node)
    {
        ImmutableArray<int> shape = node.Required(0).Shape;
        node.SetAlike();
        node.Set(1, OnnxType.Float32, shape.IsEmpty ? shape : shape.SetItem(shape.Length - 1, 1));
        node.Set(2, OnnxType.Float32, shape.IsEmpty ? shape : shape.SetItem(shape.Length - 1, 1));
        node.Set(3, node.Required(0).Type, shape);
    }
}
