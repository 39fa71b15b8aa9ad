using System.Collections.Frozen;
using TinyQuant.Import.Onnx.Networks;
using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Operators;

/// <summary>
/// All operators of ONNX that become operators of a graph; others are computed while importing, or refused.
/// </summary>
internal static class OnnxMappings
{
    private static readonly FrozenDictionary<(string Domain, string Name), OnnxMapping> s_mappings =
        new[]
        {
            BinaryMappings.All, CastMappings.All, ConvolutionMappings.All, DenseMappings.All, MovementMappings.All,
            NormalizationMappings.All, PadMappings.All, PartMappings.All, PoolMappings.All, ReductionMappings.All,
            ResizeMappings.All, UnaryMappings.All,
        }
        .SelectMany(family => family).ToFrozenDictionary(m => (m.Domain, m.Name));

    /// <summary>How a node becomes operators.</summary>
    /// <exception cref="UnsupportedException">It does not.</exception>
    public static OnnxMapping Of(Node node) => s_mappings.TryGetValue((node.Domain, node.Operator), out var mapping)
        ? mapping
        : throw new UnsupportedException($"{Places.Shown(node.Operator)} of {Places.Shown(Domains.Shown(node.Domain))} "
            + "is not supported where its inputs are not constants");
}
