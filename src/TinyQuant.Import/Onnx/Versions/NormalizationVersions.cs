namespace TinyQuant.Import.Onnx.Versions;

/// <summary>Normalizations whose attributes went, or whose scales changed.</summary>
internal static class NormalizationVersions
{
    private const int NoSpatial = 9;
    private const int ScalesOfChannels = 21;

    public static IEnumerable<VersionChange> All =>
    [
        new("BatchNormalization", (_, node) =>
        {
            if (node.Version < NoSpatial)
            {
                Operands.RequireInt(node, "spatial", 1, "so that it has one scale for each element");
            }
        }),
        new("GroupNormalization", (_, node) =>
        {
            if (node.Version < ScalesOfChannels)
            {
                throw new UnsupportedException(Invariant($"it is of version {node.Version}, which has scales of ")
                    + Invariant($"groups; expected {ScalesOfChannels} or more"));
            }
        }),
        new("SimplifiedLayerNormalization", (_, node) => node.Operator = "RMSNormalization"),
    ];
}
