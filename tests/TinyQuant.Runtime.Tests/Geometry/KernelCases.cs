namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>All cases, by name: written out, since a native program has no reflection to find them.</summary>
internal static class KernelCases
{
    public static IReadOnlyList<(string Name, Action<GuardedSpans> Run)> All { get; } =
    [
        ("Conv2D.Int8", WindowCases.Conv2DInt8),
        ("Conv2D.Float32", WindowCases.Conv2DFloat32),
        ("Conv2D.Int4", NarrowCases.Conv2DInt4),
        ("Conv2D.Hybrid", NarrowCases.Conv2DHybrid),
        ("DepthwiseConv2D.Int8", WindowCases.DepthwiseInt8),
        ("DepthwiseConv2D.Int8 in place", WindowCases.DepthwiseInPlace),
        ("DepthwiseConv2D.Float32", WindowCases.DepthwiseFloat32),
        ("DepthwiseConv2D.Int4", NarrowCases.DepthwiseInt4),
        ("DepthwiseConv2D.Hybrid", NarrowCases.DepthwiseHybrid),
        ("TransposeConv.Int8", WindowCases.TransposeInt8),
        ("TransposeConv.Float32", WindowCases.TransposeFloat32),
        ("AveragePool2D.Int8", PoolCases.AverageInt8),
        ("AveragePool2D.Float32", PoolCases.AverageFloat32),
        ("MaxPool2D", PoolCases.Max),
        ("FullyConnected.Int8", DenseCases.Int8),
        ("FullyConnected.Float32", DenseCases.Float32),
        ("FullyConnected.Int4", DenseCases.Int4),
        ("FullyConnected.Hybrid", DenseCases.Hybrid),
        ("Svdf", RecurrentCases.SvdfLayers),
        ("UnidirectionalSequenceLstm.Int8", RecurrentCases.LstmInt8),
        ("UnidirectionalSequenceLstm.Float32", RecurrentCases.LstmFloat32),
        ("two operands, int8", BroadcastCases.Int8),
        ("two operands, float32", BroadcastCases.Float32),
        ("BatchMatMul", BatchMatMulCases.Products),
        ("StridedCopy", MovementCases.Views),
        ("RowCopy", MovementCases.Rows),
        ("ResizeNearestNeighbor", MovementCases.Nearest),
        ("ResizeBilinear", MovementCases.Bilinear),
        ("SpaceBatch", MovementCases.Batches),
        ("Reduction", ReductionCases.Views),
        ("ArgMax", ReductionCases.Places),
        ("Softmax", RowCases.Softmaxes),
        ("L2Normalization", RowCases.L2),
        ("LookupTable", RowCases.Table),
        ("requantizers", RowCases.Requantizers),
        ("Activations", RowCases.Reals),
        ("to codes", CodeCases.ToCodes),
        ("of codes", CodeCases.OfCodes),
    ];
}
