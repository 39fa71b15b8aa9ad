using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Detections;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Legacy;

/// <summary>What operators do with codes of uint8.</summary>
internal static class LegacyOperators
{
    /// <summary>Whether it computes with uint8, and does not only move, quantize or dequantize bytes.</summary>
    public static bool Computes(TfliteOperator op, SourceModel model) => op.Code == BuiltinOperator.CUSTOM
        ? op.Name == DetectionShapes.Name && op.Inputs.Any(t => t >= 0 && LegacyModels.HasCodes(model.Tensors[t]))
        : !MovesOrQuantizes(op.Code) && op.Outputs.Any(t => LegacyModels.HasCodes(model.Tensors[t]));

    /// <summary>Whether its second input are weights, whose zero point may be taken off.</summary>
    public static bool HasWeights(TfliteOperator op) => op.Code is BuiltinOperator.CONV_2D
        or BuiltinOperator.DEPTHWISE_CONV_2D or BuiltinOperator.FULLY_CONNECTED;

    /// <summary>
    /// Whether int8 gives what the old kernel gave, less 128: by itself, since codes are moved, compared or summed
    /// without their zero point, or since the mapping says what differs.
    /// </summary>
    public static bool Knows(BuiltinOperator code) => code
        is BuiltinOperator.CONV_2D or BuiltinOperator.DEPTHWISE_CONV_2D or BuiltinOperator.FULLY_CONNECTED
        or BuiltinOperator.AVERAGE_POOL_2D or BuiltinOperator.MAX_POOL_2D or BuiltinOperator.MEAN
        or BuiltinOperator.ADD or BuiltinOperator.SUB or BuiltinOperator.MUL
        or BuiltinOperator.MAXIMUM or BuiltinOperator.MINIMUM or BuiltinOperator.ARG_MAX or BuiltinOperator.ARG_MIN
        or BuiltinOperator.REDUCE_MAX or BuiltinOperator.REDUCE_MIN
        or BuiltinOperator.SOFTMAX or BuiltinOperator.LOGISTIC or BuiltinOperator.TANH
        or BuiltinOperator.RELU or BuiltinOperator.RELU6 or BuiltinOperator.RELU_N1_TO_1 or BuiltinOperator.LEAKY_RELU
        or BuiltinOperator.QUANTIZE or BuiltinOperator.DEQUANTIZE
        or BuiltinOperator.PAD or BuiltinOperator.PADV2 or BuiltinOperator.MIRROR_PAD
        or BuiltinOperator.RESIZE_BILINEAR or BuiltinOperator.RESIZE_NEAREST_NEIGHBOR
        or BuiltinOperator.RESHAPE or BuiltinOperator.SQUEEZE or BuiltinOperator.EXPAND_DIMS or BuiltinOperator.SHAPE
        or BuiltinOperator.TRANSPOSE or BuiltinOperator.CONCATENATION or BuiltinOperator.PACK or BuiltinOperator.UNPACK
        or BuiltinOperator.SPLIT or BuiltinOperator.SPLIT_V or BuiltinOperator.SLICE or BuiltinOperator.STRIDED_SLICE
        or BuiltinOperator.GATHER or BuiltinOperator.GATHER_ND or BuiltinOperator.BROADCAST_TO
        or BuiltinOperator.REVERSE_V2 or BuiltinOperator.SPACE_TO_BATCH_ND or BuiltinOperator.BATCH_TO_SPACE_ND
        or BuiltinOperator.SPACE_TO_DEPTH or BuiltinOperator.DEPTH_TO_SPACE;

    /// <summary>What takes uint8 as it is.</summary>
    private static bool MovesOrQuantizes(BuiltinOperator code) => code is BuiltinOperator.QUANTIZE
        or BuiltinOperator.RESHAPE or BuiltinOperator.SQUEEZE or BuiltinOperator.EXPAND_DIMS
        or BuiltinOperator.BROADCAST_TO or BuiltinOperator.REVERSE_V2
        or BuiltinOperator.READ_VARIABLE or BuiltinOperator.ASSIGN_VARIABLE
        or BuiltinOperator.IF or BuiltinOperator.WHILE;
}
