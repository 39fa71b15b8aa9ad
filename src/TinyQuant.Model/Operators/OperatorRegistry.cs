namespace TinyQuant.Model;

/// <summary>The operators that there are. A new one is one row here, the schema of its class.</summary>
public static class OperatorRegistry
{
    private static readonly OperatorSchema[] s_rows =
    [
        Abs.Schema,
        Add.Schema,
        AddN.Schema,
        ArgMax.Schema,
        ArgMin.Schema,
        AssignVariable.Schema,
        AveragePool2D.Schema,
        BatchMatMul.Schema,
        BatchToSpaceNd.Schema,
        BroadcastArgs.Schema,
        BroadcastTo.Schema,
        Cast.Schema,
        Ceil.Schema,
        CircularBuffer.Schema,
        Concatenation.Schema,
        Conv2D.Schema,
        Cos.Schema,
        Cumsum.Schema,
        DepthToSpace.Schema,
        DepthwiseConv2D.Schema,
        Dequantize.Schema,
        DetectionPostProcess.Schema,
        Div.Schema,
        DynamicSlice.Schema,
        DynamicUpdateSlice.Schema,
        Elu.Schema,
        EmbeddingLookup.Schema,
        Equal.Schema,
        Exp.Schema,
        ExpandDims.Schema,
        Fill.Schema,
        Floor.Schema,
        FloorDiv.Schema,
        FloorMod.Schema,
        FullyConnected.Schema,
        Gather.Schema,
        GatherNd.Schema,
        Greater.Schema,
        GreaterEqual.Schema,
        HardSwish.Schema,
        If.Schema,
        L2Normalization.Schema,
        L2Pool2D.Schema,
        LeakyRelu.Schema,
        Less.Schema,
        LessEqual.Schema,
        Log.Schema,
        LogSoftmax.Schema,
        LogicalAnd.Schema,
        LogicalNot.Schema,
        LogicalOr.Schema,
        Logistic.Schema,
        MaxPool2D.Schema,
        Maximum.Schema,
        Mean.Schema,
        Minimum.Schema,
        MirrorPad.Schema,
        Mul.Schema,
        Neg.Schema,
        NotEqual.Schema,
        Pack.Schema,
        Pad.Schema,
        PadV2.Schema,
        Prelu.Schema,
        Quantize.Schema,
        ReadVariable.Schema,
        ReduceAll.Schema,
        ReduceMax.Schema,
        ReduceMin.Schema,
        Relu.Schema,
        Relu6.Schema,
        ReluN1To1.Schema,
        Reshape.Schema,
        ResizeBilinear.Schema,
        ResizeNearestNeighbor.Schema,
        ReverseV2.Schema,
        Round.Schema,
        Rsqrt.Schema,
        SelectV2.Schema,
        SignalDelay.Schema,
        SignalEnergy.Schema,
        SignalFftAutoScale.Schema,
        SignalFilterBank.Schema,
        SignalFilterBankLog.Schema,
        SignalFilterBankSpectralSubtraction.Schema,
        SignalFilterBankSquareRoot.Schema,
        SignalFramer.Schema,
        SignalIrfft.Schema,
        SignalOverlapAdd.Schema,
        SignalPcan.Schema,
        SignalRfft.Schema,
        SignalStacker.Schema,
        SignalWindow.Schema,
        Sin.Schema,
        Slice.Schema,
        Softmax.Schema,
        SpaceToBatchNd.Schema,
        SpaceToDepth.Schema,
        Split.Schema,
        SplitV.Schema,
        Sqrt.Schema,
        Square.Schema,
        SquaredDifference.Schema,
        Squeeze.Schema,
        StridedSlice.Schema,
        Sub.Schema,
        Sum.Schema,
        Svdf.Schema,
        Tanh.Schema,
        Transpose.Schema,
        TransposeConv.Schema,
        UnidirectionalSequenceLstm.Schema,
        Unpack.Schema,
        While.Schema,
        ZerosLike.Schema,
    ];

    private static readonly Dictionary<string, OperatorSchema> s_byKind = s_rows.ToDictionary(
        s => s.Kind, StringComparer.Ordinal);
    private static readonly Dictionary<Type, OperatorSchema> s_byType = s_rows.ToDictionary(s => s.Type);

    /// <summary>The names of all operators in a model file, in ordinal order.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. s_byKind.Keys.OrderBy(k => k, StringComparer.Ordinal)];

    /// <summary>All of them, in the order of their names.</summary>
    internal static IEnumerable<OperatorSchema> All => Kinds.Select(k => s_byKind[k]);

    /// <summary>The operator of that name; null where there is none.</summary>
    internal static OperatorSchema? Find(string kind) =>
        s_byKind.TryGetValue(kind, out OperatorSchema? schema) ? schema : null;

    /// <summary>What the operators of a class are declared as.</summary>
    internal static OperatorSchema Of<TOperator>()
        where TOperator : Operator => s_byType[typeof(TOperator)];

    /// <summary>What an operator is declared as.</summary>
    internal static OperatorSchema Of(Operator op) => s_byType[op.GetType()];
}
