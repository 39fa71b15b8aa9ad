using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Refusals;

/// <summary>
/// TensorFlow Lite files that are refused as a whole, since one reason stands behind every line that would be said of
/// their operators and tensors.
/// </summary>
internal static class ForeignModels
{
    /// <summary>
    /// What to do about such a model, and what it is; null where operators are to be looked at one by one.
    /// </summary>
    public static string? Find(SourceModel model)
    {
        if (model.Operators.Cast<TfliteOperator>().Any(o => o.Code == BuiltinOperator.CUSTOM && o.Name == "ethos-u"))
        {
            return "import the file that Vela was given: this one is compiled for an Arm Ethos-U, as commands and "
                + "scratch memory of that processor";
        }

        if (model.Operators.Cast<TfliteOperator>()
            .Any(o => o.Code == BuiltinOperator.CUSTOM && o.Name == "edgetpu-custom-op"))
        {
            return "import the file that the Edge TPU Compiler was given: this one is compiled for a Coral Edge TPU";
        }

        int count = model.Operators.Cast<TfliteOperator>().Count(o => ComputesInUInt8(o, model));
        return count == 0 ? null
            : "convert the float32 model again with TensorFlow 2, to int8 (a representative data set, and "
                + "TFLITE_BUILTINS_INT8 as supported_ops), "
                + Invariant($"or without quantization and then run 'tinyquant quantize': {count} of its ")
                + Invariant($"{model.Operators.Length} operators compute in uint8, as TensorFlow 1 quantized, ")
                + "which is not supported";
    }

    /// <summary>What moves uint8 pixels before they are quantized, or quantizes them, computes nothing.</summary>
    private static bool ComputesInUInt8(TfliteOperator op, SourceModel model) => op.Code
        is BuiltinOperator.CONV_2D or BuiltinOperator.DEPTHWISE_CONV_2D or BuiltinOperator.TRANSPOSE_CONV
            or BuiltinOperator.FULLY_CONNECTED
        or BuiltinOperator.ADD or BuiltinOperator.SUB or BuiltinOperator.MUL or BuiltinOperator.AVERAGE_POOL_2D
            or BuiltinOperator.MAX_POOL_2D
        or BuiltinOperator.SOFTMAX or BuiltinOperator.LOGISTIC or BuiltinOperator.TANH or BuiltinOperator.MEAN
            or BuiltinOperator.PRELU
        or BuiltinOperator.RESIZE_BILINEAR or BuiltinOperator.L2_NORMALIZATION or BuiltinOperator.LEAKY_RELU
            or BuiltinOperator.RELU
        or BuiltinOperator.RELU6
        && op.Outputs.Any(t => model.Tensors[t] is { Type: SourceType.UInt8, Quantization.Scales.IsEmpty: false });
}
