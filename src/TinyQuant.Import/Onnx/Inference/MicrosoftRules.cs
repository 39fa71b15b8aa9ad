using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>What ONNX Runtime adds that has no form in ONNX's own operators.</summary>
internal static class MicrosoftRules
{
    public static IEnumerable<OperatorRule> All =>
    [
        new("EmbedLayerNormalization")
        {
            Domain = Domains.Microsoft,
            LeastInputs = 7,
            MostInputs = 9,
            MostOutputs = 3,
            Attributes = ["epsilon", "mask_index_type"],
            Infer = InferEmbedding,
        },
        new("Attention")
        {
            Domain = Domains.Microsoft,
            LeastInputs = 3,
            MostInputs = 7,
            Attributes = ["num_heads", "unidirectional", "mask_filter_value", "scale"],
            Infer = InferAttention,
        },
    ];

    private static void InferEmbedding(Node node)
    {
        node.RequireRank(0, 2, 2);
        node.RequireRank(2, 2, 2);
        node.Set(0, OnnxType.Float32, [.. node.Required(0).Shape, node.Required(2).Shape[1]]);
        node.Set(1, OnnxType.Int32, [node.Required(0).Shape[0]]);
        node.Set(2, OnnxType.Float32, [.. node.Required(0).Shape, node.Required(2).Shape[1]]);
    }

    private static void InferAttention(Node node)
    {
        node.RequireRank(0, 3, 3);
        node.RequireRank(1, 2, 2);
        node.SetShape([.. node.Required(0).Shape[..2], node.Required(1).Shape[1] / 3]);
    }
}
