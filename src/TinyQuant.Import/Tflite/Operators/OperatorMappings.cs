using System.Collections.Frozen;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Legacy;
using TinyQuant.Import.Tflite.Refusals;
using TinyQuant.Import.Tflite.Schema;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The operators that are imported. A new one is a mapping and a line here.</summary>
internal static class OperatorMappings
{
    private static readonly FrozenDictionary<BuiltinOperator, Func<OperatorSource, MappedOperator>> s_mappings =
        new Dictionary<BuiltinOperator, Func<OperatorSource, MappedOperator>>
        {
            [BuiltinOperator.ABS] = UnaryMapping.Of((x, y) => new Abs(x, y), options: 78),
            [BuiltinOperator.ADD] = ElementwiseMapping.Add,
            [BuiltinOperator.ADD_N] = ElementwiseMapping.AddN,
            [BuiltinOperator.ARG_MAX] = ReductionMapping.ArgMax,
            [BuiltinOperator.ARG_MIN] = ReductionMapping.ArgMin,
            [BuiltinOperator.ASSIGN_VARIABLE] = s => s.Map((x, v) => new AssignVariable(x[0], v[0]), 0),
            [BuiltinOperator.AVERAGE_POOL_2D] = PoolingMapping.Average,
            [BuiltinOperator.BATCH_MATMUL] = BatchMatMul,
            [BuiltinOperator.BATCH_TO_SPACE_ND] = BlockMapping.BatchToSpace,
            [BuiltinOperator.BROADCAST_ARGS] = StretchMapping.BroadcastArgs,
            [BuiltinOperator.BROADCAST_TO] = StretchMapping.BroadcastTo,
            [BuiltinOperator.CAST] = UnaryMapping.Cast,
            [BuiltinOperator.CEIL] = UnaryMapping.Of((x, y) => new Ceil(x, y)),
            [BuiltinOperator.CONCATENATION] = JoinMapping.Concatenation,
            [BuiltinOperator.CONV_2D] = ConvolutionMapping.Conv2D,
            [BuiltinOperator.COS] = UnaryMapping.Of((x, y) => new Cos(x, y), options: 84),
            [BuiltinOperator.CUMSUM] = ReductionMapping.Cumsum,
            [BuiltinOperator.DEPTHWISE_CONV_2D] = ConvolutionMapping.DepthwiseConv2D,
            [BuiltinOperator.DEPTH_TO_SPACE] = BlockMapping.DepthToSpace,
            [BuiltinOperator.DEQUANTIZE] = UnaryMapping.Of((x, y) => new Dequantize(x, y), options: 38),
            [BuiltinOperator.DIV] = ElementwiseMapping.Div,
            [BuiltinOperator.DYNAMIC_UPDATE_SLICE] = IndexMapping.DynamicUpdateSlice,
            [BuiltinOperator.ELU] = UnaryMapping.Of((x, y) => new Elu(x, y)),
            [BuiltinOperator.EMBEDDING_LOOKUP] = IndexMapping.EmbeddingLookup,
            [BuiltinOperator.EQUAL] = ElementwiseMapping.Of((x, y) => new Equal(x, y), options: 53),
            [BuiltinOperator.EXP] = UnaryMapping.Of((x, y) => new Exp(x, y), options: 33),
            [BuiltinOperator.EXPAND_DIMS] = ShapeMapping.ExpandDims,
            [BuiltinOperator.FILL] = UnaryMapping.Fill,
            [BuiltinOperator.FLOOR] = UnaryMapping.Of((x, y) => new Floor(x, y)),
            [BuiltinOperator.FLOOR_DIV] = ElementwiseMapping.Of((x, y) => new FloorDiv(x, y), options: 65),
            [BuiltinOperator.FLOOR_MOD] = ElementwiseMapping.Of((x, y) => new FloorMod(x, y), options: 72),
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnectedMapping.Map,
            [BuiltinOperator.GATHER] = IndexMapping.Gather,
            [BuiltinOperator.GATHER_ND] = IndexMapping.GatherNd,
            [BuiltinOperator.GREATER] = ElementwiseMapping.Of((x, y) => new Greater(x, y), options: 44),
            [BuiltinOperator.GREATER_EQUAL] = ElementwiseMapping.Of((x, y) => new GreaterEqual(x, y), options: 45),
            [BuiltinOperator.HARD_SWISH] = UnaryMapping.Of((x, y) => new HardSwish(x, y), options: 91),
            [BuiltinOperator.IF] = ControlMapping.If,
            [BuiltinOperator.L2_NORMALIZATION] = ActivationMapping.L2Normalization,
            [BuiltinOperator.L2_POOL_2D] = PoolingMapping.L2,
            [BuiltinOperator.LEAKY_RELU] = ActivationMapping.LeakyRelu,
            [BuiltinOperator.LESS] = ElementwiseMapping.Of((x, y) => new Less(x, y), options: 41),
            [BuiltinOperator.LESS_EQUAL] = ElementwiseMapping.Of((x, y) => new LessEqual(x, y), options: 46),
            [BuiltinOperator.LOG] = UnaryMapping.Of((x, y) => new Log(x, y)),
            [BuiltinOperator.LOGICAL_AND] = ElementwiseMapping.Of((x, y) => new LogicalAnd(x, y), options: 62),
            [BuiltinOperator.LOGICAL_NOT] = UnaryMapping.Of((x, y) => new LogicalNot(x, y), options: 63),
            [BuiltinOperator.LOGICAL_OR] = ElementwiseMapping.Of((x, y) => new LogicalOr(x, y), options: 60),
            [BuiltinOperator.LOGISTIC] = UnaryMapping.Of((x, y) => new Logistic(x, y)),
            [BuiltinOperator.LOG_SOFTMAX] = UnaryMapping.Of((x, y) => new LogSoftmax(x, y), options: 36),
            [BuiltinOperator.MAXIMUM] = ElementwiseMapping.Maximum,
            [BuiltinOperator.MAX_POOL_2D] = PoolingMapping.Max,
            [BuiltinOperator.MEAN] = ReductionMapping.Mean,
            [BuiltinOperator.MINIMUM] = ElementwiseMapping.Minimum,
            [BuiltinOperator.MIRROR_PAD] = PaddingMapping.MirrorPad,
            [BuiltinOperator.MUL] = ElementwiseMapping.Mul,
            [BuiltinOperator.NEG] = UnaryMapping.Of((x, y) => new Neg(x, y), options: 42),
            [BuiltinOperator.NOT_EQUAL] = ElementwiseMapping.Of((x, y) => new NotEqual(x, y), options: 54),
            [BuiltinOperator.PACK] = JoinMapping.Pack,
            [BuiltinOperator.PAD] = PaddingMapping.Pad,
            [BuiltinOperator.PADV2] = PaddingMapping.PadV2,
            [BuiltinOperator.PRELU] = ActivationMapping.Prelu,
            [BuiltinOperator.QUANTIZE] = UnaryMapping.Quantize,
            [BuiltinOperator.READ_VARIABLE] = s => s.Map((v, y) => new ReadVariable(v[0], y[0]), 0),
            [BuiltinOperator.REDUCE_ALL] = ReductionMapping.All,
            [BuiltinOperator.REDUCE_MAX] = ReductionMapping.Max,
            [BuiltinOperator.REDUCE_MIN] = ReductionMapping.Min,
            [BuiltinOperator.RELU] = UnaryMapping.Of((x, y) => new Relu(x, y)),
            [BuiltinOperator.RELU6] = UnaryMapping.Of((x, y) => new Relu6(x, y)),
            [BuiltinOperator.RELU_N1_TO_1] = UnaryMapping.Of((x, y) => new ReluN1To1(x, y)),
            [BuiltinOperator.RESHAPE] = ShapeMapping.Reshape,
            [BuiltinOperator.RESIZE_BILINEAR] = ResizeMapping.Bilinear,
            [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = ResizeMapping.NearestNeighbor,
            [BuiltinOperator.REVERSE_V2] = StretchMapping.ReverseV2,
            [BuiltinOperator.ROUND] = UnaryMapping.Of((x, y) => new Round(x, y)),
            [BuiltinOperator.RSQRT] = UnaryMapping.Of((x, y) => new Rsqrt(x, y)),
            [BuiltinOperator.SELECT_V2] = ElementwiseMapping.Select,
            [BuiltinOperator.SIN] = UnaryMapping.Of((x, y) => new Sin(x, y)),
            [BuiltinOperator.SLICE] = SliceMapping.Slice,
            [BuiltinOperator.SOFTMAX] = ActivationMapping.Softmax,
            [BuiltinOperator.SPACE_TO_BATCH_ND] = BlockMapping.SpaceToBatch,
            [BuiltinOperator.SPACE_TO_DEPTH] = BlockMapping.SpaceToDepth,
            [BuiltinOperator.SPLIT] = SplitMapping.Split,
            [BuiltinOperator.SPLIT_V] = SplitMapping.SplitV,
            [BuiltinOperator.SQRT] = UnaryMapping.Of((x, y) => new Sqrt(x, y)),
            [BuiltinOperator.SQUARE] = UnaryMapping.Of((x, y) => new Square(x, y), options: 66),
            [BuiltinOperator.SQUARED_DIFFERENCE] =
                ElementwiseMapping.Of((x, y) => new SquaredDifference(x, y), options: 76),
            [BuiltinOperator.SQUEEZE] = ShapeMapping.Squeeze,
            [BuiltinOperator.STRIDED_SLICE] = SliceMapping.StridedSlice,
            [BuiltinOperator.SUB] = ElementwiseMapping.Sub,
            [BuiltinOperator.SUM] = ReductionMapping.Sum,
            [BuiltinOperator.SVDF] = SvdfMapping.Map,
            [BuiltinOperator.TANH] = UnaryMapping.Of((x, y) => new Tanh(x, y)),
            [BuiltinOperator.TRANSPOSE] = ShapeMapping.Transpose,
            [BuiltinOperator.TRANSPOSE_CONV] = ConvolutionMapping.TransposeConv,
            [BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM] = LstmMapping.Map,
            [BuiltinOperator.UNPACK] = SplitMapping.Unpack,
            [BuiltinOperator.WHILE] = ControlMapping.While,
            [BuiltinOperator.ZEROS_LIKE] = UnaryMapping.Of((x, y) => new ZerosLike(x, y), options: 67),
        }.ToFrozenDictionary();

    public static IEnumerable<BuiltinOperator> Supported => s_mappings.Keys;

    /// <exception cref="UnsupportedException">A model file cannot say it.</exception>
    public static MappedOperator Map(OperatorSource source)
    {
        Func<OperatorSource, MappedOperator>? map = source.Code == BuiltinOperator.CUSTOM
            ? CustomMappings.Find(source.Operator.Name)
            : s_mappings.GetValueOrDefault(source.Code);
        if (map is null)
        {
            throw new UnsupportedException(source.Code == BuiltinOperator.SHAPE
                ? "the shape of its input is not known before the model runs"
                : "the operator is not supported", Remedies.OfUnknown((TfliteOperator)source.Operator));
        }

        return source.IsLegacy && !LegacyOperators.Knows(source.Code)
            ? throw new UnsupportedException(
                "it computes in uint8, as TensorFlow 1 quantized, which is not supported in it")
            : map(source);
    }

    /// <summary>
    /// The third option is about int8 weights under float32 activations, which are two types and so refused.
    /// </summary>
    private static MappedOperator BatchMatMul(OperatorSource source)
    {
        OperatorOptions options = source.Options(type: 101, fields: 3);
        (bool adjX, bool adjY) = (options.Flag(0), options.Flag(1));
        return source.Map((inputs, outputs) => new BatchMatMul(inputs[0], inputs[1], outputs[0], adjX, adjY), 0, 1);
    }
}
