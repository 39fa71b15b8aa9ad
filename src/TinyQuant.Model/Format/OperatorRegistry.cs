namespace TinyQuant.Model.Format;

/// <summary>The operators that a model file can name. A new operator is one line here.</summary>
internal static class OperatorRegistry
{
    /// <summary>Makes an operator of its statement; reports and returns null where it does not fit.</summary>
    public delegate Operator? Read(OperatorStatement statement);

    public static SortedDictionary<string, Read> All { get; } = new(Rows().ToDictionary(r => r.Kind, r => r.Read, StringComparer.Ordinal), StringComparer.Ordinal);

    private static IEnumerable<(string Kind, Read Read)> Rows()
    {
        yield return (nameof(FullyConnected), FullyConnected.Read);
        yield return (nameof(Conv2D), Conv2D.Read);
        yield return (nameof(DepthwiseConv2D), DepthwiseConv2D.Read);
        yield return (nameof(TransposeConv), TransposeConv.Read);
        yield return (nameof(Softmax), Softmax.Read);
        yield return (nameof(Logistic), Logistic.Read);
        yield return (nameof(Tanh), Tanh.Read);
        yield return (nameof(Relu), Relu.Read);
        yield return (nameof(Relu6), Relu6.Read);
        yield return (nameof(ReluN1To1), ReluN1To1.Read);
        yield return (nameof(HardSwish), HardSwish.Read);
        yield return (nameof(Elu), Elu.Read);
        yield return (nameof(Abs), Abs.Read);
        yield return (nameof(L2Normalization), L2Normalization.Read);
        yield return (nameof(LeakyRelu), LeakyRelu.Read);
        yield return (nameof(Quantize), Quantize.Read);
        yield return (nameof(Dequantize), Dequantize.Read);
        yield return (nameof(Add), Add.Read);
        yield return (nameof(Sub), Sub.Read);
        yield return (nameof(Mul), Mul.Read);
        yield return (nameof(Maximum), Maximum.Read);
        yield return (nameof(Minimum), Minimum.Read);
        yield return (nameof(Prelu), Prelu.Read);
        yield return (nameof(Svdf), Svdf.Read);
        yield return (nameof(UnidirectionalSequenceLstm), UnidirectionalSequenceLstm.Read);
        yield return (nameof(AveragePool2D), AveragePool2D.Read);
        yield return (nameof(MaxPool2D), MaxPool2D.Read);
        yield return (nameof(Mean), Mean.Read);
        yield return (nameof(Sum), Sum.Read);
        yield return (nameof(ReduceMax), ReduceMax.Read);
        yield return (nameof(ReduceMin), ReduceMin.Read);
        yield return (nameof(ArgMax), ArgMax.Read);
        yield return (nameof(Reshape), Reshape.Read);
        yield return (nameof(Squeeze), Squeeze.Read);
        yield return (nameof(ExpandDims), ExpandDims.Read);
        yield return (nameof(Transpose), Transpose.Read);
        yield return (nameof(Pad), Pad.Read);
        yield return (nameof(PadV2), PadV2.Read);
        yield return (nameof(Concatenation), Concatenation.Read);
        yield return (nameof(Split), Split.Read);
        yield return (nameof(SplitV), SplitV.Read);
        yield return (nameof(Pack), Pack.Read);
        yield return (nameof(Unpack), Unpack.Read);
        yield return (nameof(StridedSlice), StridedSlice.Read);
        yield return (nameof(Slice), Slice.Read);
        yield return (nameof(ResizeNearestNeighbor), ResizeNearestNeighbor.Read);
        yield return (nameof(ResizeBilinear), ResizeBilinear.Read);
        yield return (nameof(SpaceToDepth), SpaceToDepth.Read);
        yield return (nameof(DepthToSpace), DepthToSpace.Read);
        yield return (nameof(SpaceToBatchNd), SpaceToBatchNd.Read);
        yield return (nameof(BatchToSpaceNd), BatchToSpaceNd.Read);
    }
}
