using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Support;

/// <summary>A file that computes in uint8.</summary>
internal static class LegacyModel
{
    /// <summary>
    /// uint8 throughout, as TensorFlow 1 quantized: an image, a window of weights that fit int8 less their zero point,
    /// one of weights that do not, inputs of two scales in one tensor, and detections behind them.
    /// </summary>
    public static byte[] Build()
    {
        var model = new FlatModel();
        int image = Codes("image", 128, 1, 4, 4, 1);
        int wide = model.Tensor("wide", TfliteType.UInt8, [4, 1, 1, 1], [0.25f], [122], data: [0, 100, 200, 255]);
        int narrow = model.Tensor("narrow", TfliteType.UInt8, [1, 1, 1, 4], [0.25f], [130], data: [3, 130, 200, 255]);
        int a = Codes("a", 5, 1, 4, 4, 4);
        int b = model.Tensor("b", TfliteType.UInt8, [1, 4, 4, 4], [0.125f], [7]);
        int joined = Codes("joined", 5, 1, 4, 4, 8);
        int mean = Codes("mean", 5, 1, 1, 1, 8);
        int boxes = Codes("boxes", 5, 1, 2, 4);
        int scores = Codes("scores", 0, 1, 2, 2);
        int anchors = model.Tensor("anchors", TfliteType.UInt8, [2, 4], [0.5f], [0], data: [1, 2, 3, 4, 5, 6, 7, 8]);
        int[] found = [.. "opcn".Select(c => model.Tensor($"{c}", TfliteType.Float32, []))];
        model.Operator(BuiltinOperator.CONV_2D, [image, wide], [a], 1, null, (1, 1), (2, 1));
        model.Operator(BuiltinOperator.DEPTHWISE_CONV_2D, [a, narrow], [b], 2, null, (1, 1), (2, 1), (3, 1));
        model.Operator(BuiltinOperator.CONCATENATION, [a, b], [joined], 10, null, (0, 3));
        model.Operator(
            BuiltinOperator.AVERAGE_POOL_2D, [joined], [mean], 5, null, (0, (byte)1), (1, 1), (2, 1), (3, 4), (4, 4));
        model.Operator(BuiltinOperator.RESHAPE, [mean], [boxes], 17);
        (string, object)[] options =
        [
            ("h_scale", 5.0), ("max_classes_per_detection", 1), ("max_detections", 3), ("nms_iou_threshold", 0.5),
            ("nms_score_threshold", 0.25), ("num_classes", 2), ("w_scale", 5.0), ("x_scale", 10.0), ("y_scale", 10.0),
        ];
        model.CustomOptions = Flex.Write(8, options);
        model.Operator(
            BuiltinOperator.CUSTOM, [boxes, scores, anchors], found, custom: "TFLite_Detection_PostProcess");
        return model.Build([image, scores], [.. found, mean]);

        int Codes(string name, long zeroPoint, params int[] shape) =>
            model.Tensor(name, TfliteType.UInt8, shape, [0.5f], [zeroPoint]);
    }
}
