using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The emitter of each operator.</summary>
internal static class OperatorEmitters
{
    public static IOperatorEmitter For(Operator op) => op switch
    {
        FullyConnected { IsHybrid: true } => FullyConnectedHybridEmitter.Instance,
        FullyConnected { Input.Type: TensorType.Float32 } => FullyConnectedFloat32Emitter.Instance,
        FullyConnected { Input.Type: TensorType.Int16 } => FullyConnectedInt16Emitter.Instance,
        FullyConnected { HasPlainWeights: false } => FullyConnectedOffsetEmitter.Instance,
        FullyConnected { Weights.Stored.Type: TensorType.Int4 } => FullyConnectedInt4Emitter.Instance,
        FullyConnected => FullyConnectedInt8Emitter.Instance,
        Conv2D => Conv2DEmitter.Instance,
        DepthwiseConv2D => DepthwiseConv2DEmitter.Instance,
        TransposeConv => TransposeConvEmitter.Instance,
        Softmax => SoftmaxEmitter.Instance,
        L2Normalization => L2NormalizationEmitter.Instance,
        Quantize or Dequantize => QuantizeEmitter.Instance,
        UnaryOperator => UnaryEmitter.Instance,
        Add or Sub => AddEmitter.Instance,
        Mul => MulEmitter.Instance,
        Prelu => PreluEmitter.Instance,
        Maximum or Minimum => MinMaxEmitter.Instance,
        BatchMatMul => BatchMatMulEmitter.Instance,
        Svdf { Input.Type: TensorType.Float32 } => SvdfFloat32Emitter.Instance,
        Svdf => SvdfInt8Emitter.Instance,
        UnidirectionalSequenceLstm { Input.Type: TensorType.Float32 } => LstmFloat32Emitter.Instance,
        UnidirectionalSequenceLstm { Input.Type: TensorType.Int16 } => LstmInt16Emitter.Instance,
        UnidirectionalSequenceLstm => LstmInt8Emitter.Instance,
        Pooling => PoolingEmitter.Instance,
        Reduction => ReductionEmitter.Instance,
        ArgMax => ArgMaxEmitter.Instance,
        ShapeChange => ShapeChangeEmitter.Instance,
        Transpose => TransposeEmitter.Instance,
        Slicing => SlicingEmitter.Instance,
        PaddingOperator => PadEmitter.Instance,
        Join => JoinEmitter.Instance,
        Partition => PartitionEmitter.Instance,
        ResizeNearestNeighbor => ResizeNearestNeighborEmitter.Instance,
        DepthChange => DepthChangeEmitter.Instance,
        BatchChange => BatchChangeEmitter.Instance,
        ResizeBilinear => ResizeBilinearEmitter.Instance,
        _ => throw new UnsupportedModelException(op.Line, $"operator '{op.Kind}' has no kernel in this version"),
    };
}
