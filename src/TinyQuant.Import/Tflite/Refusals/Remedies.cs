using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Refusals;

/// <summary>What to do about operators that are refused, said once for all of a kind, before their own lines.</summary>
internal static class Remedies
{
    /// <summary>Weights are int8 of one scale, activations float32.</summary>
    public const string DepthwiseDynamicRange =
        "convert the float32 model again, with a recent TensorFlow 2 or without quantization and then run 'tinyquant "
        + "quantize --dynamic' or, faster, 'tinyquant quantize': "
        + "depthwise convolutions of float32 inputs with int8 weights of one scale (dynamic range of older converters) "
        + "are not supported";

    private const string SelectOperators =
        "convert it with tf.lite.OpsSet.TFLITE_BUILTINS alone as supported_ops: operators of full TensorFlow (Select "
            + "TF ops) are not supported";

    /// <summary>
    /// What to do about an operator that has no mapping; null where there is nothing to be said but that.
    /// </summary>
    public static string? OfUnknown(TfliteOperator op) => op.Code switch
    {
        BuiltinOperator.CUSTOM when op.Name.StartsWith("Flex", StringComparison.Ordinal) => SelectOperators,
        _ => null,
    };
}
