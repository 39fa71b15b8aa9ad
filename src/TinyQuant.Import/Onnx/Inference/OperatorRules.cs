using System.Collections.Frozen;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Inference;

/// <summary>All operators that are known, in their newest form.</summary>
internal static class OperatorRules
{
    private static readonly FrozenDictionary<(string Domain, string Name), OperatorRule> s_rules =
        new[]
        {
            BinaryRules.All, CastRules.All, ConvolutionRules.All, GatherRules.All, GeneratorRules.All,
            LearningRules.All, MatrixRules.All, MicrosoftRules.All, NormalizationRules.All, PoolingRules.All,
            QuantizationRules.All, RecurrentRules.All, ReductionRules.All, RepeatRules.All, ReshapeRules.All,
            ResizeRules.All, ScatterRules.All, SelectionRules.All, SliceRules.All, TransposeRules.All,
            UnaryRules.All,
        }
        .SelectMany(family => family).ToFrozenDictionary(r => (r.Domain, r.Name));

    /// <summary>
    /// Says types and shapes of what a node writes that a pass has made; what it reads has some.
    /// </summary>
    /// <exception cref="UnsupportedException">It makes no sense.</exception>
    public static void InferNew(Node node) => Of(node).Infer(node);

    /// <summary>What is known of a node's operator.</summary>
    /// <exception cref="UnsupportedException">Nothing.</exception>
    public static OperatorRule Of(Node node) => s_rules.TryGetValue((node.Domain, node.Operator), out var rule)
        ? rule
        : throw new UnsupportedException($"{Places.Shown(node.Operator)} of {Places.Shown(Domains.Shown(node.Domain))} "
            + "is not supported");
}
