using System.Collections.Frozen;
using TinyQuant.Import.Mapping;
using TinyQuant.Import.Tflite.Decoding;
using TinyQuant.Import.Tflite.Detections;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Import.Tflite.State;
using TinyQuant.Model;

namespace TinyQuant.Import.Tflite.Operators;

/// <summary>The custom operators that are imported, by their names in a file.</summary>
internal static class CustomMappings
{
    private static readonly FrozenDictionary<string, Func<OperatorSource, MappedOperator>> s_mappings =
        new Dictionary<string, Func<OperatorSource, MappedOperator>>(SignalMappings.All, StringComparer.Ordinal)
        {
            [CircularBuffers.Name] = CircularBuffer,
            [DecodedConstants.Name] = Decode,
            [DetectionShapes.Name] = DetectionPostProcess,
        }.ToFrozenDictionary();

    public static IEnumerable<string> Supported => s_mappings.Keys;

    /// <summary>The mapping of a name; null where there is none.</summary>
    public static Func<OperatorSource, MappedOperator>? Find(string name) => s_mappings.GetValueOrDefault(name);

    /// <summary>Behind the input stand the state and the count of runs, which the file does not have.</summary>
    private static MappedOperator CircularBuffer(OperatorSource source)
    {
        int cycles = CircularBuffers.Cycles(source.Operator, source.Model);
        return source.Map(
            (inputs, outputs) => new CircularBuffer(inputs[0], inputs[1], inputs[2], outputs[0], cycles), 0, 1, 2);
    }

    private static MappedOperator DetectionPostProcess(OperatorSource source)
    {
        FlexMap options = source.CustomOptions;
        var limits = new DetectionLimits(
            options.Int32("max_detections"), options.Int32("max_classes_per_detection"),
            options.Int32("detections_per_class", missing: 100), options.Flag("use_regular_nms"));
        (int classes, float score, float iou) = (
            options.Int32("num_classes"), options.Float32("nms_score_threshold"), options.Float32("nms_iou_threshold"));
        var scales = new DetectionScales(
            options.Float32("y_scale"), options.Float32("x_scale"), options.Float32("h_scale"),
            options.Float32("w_scale"));
        return source.Map(
            (inputs, outputs) => new DetectionPostProcess(inputs, outputs, classes, score, iou, limits, scales),
            0, 1, 2);
    }

    /// <summary>What can be decoded is no operator any more.</summary>
    private static MappedOperator Decode(OperatorSource source)
    {
        DecodedConstants.Decode(source.Operator, source.Model, budget: null);
        throw new UnsupportedException("it cannot be decoded");
    }
}
