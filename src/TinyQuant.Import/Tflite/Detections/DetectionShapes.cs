using System.Collections.Immutable;
using TinyQuant.Import.Source;
using TinyQuant.Import.Tflite.FlatBuffers;
using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tflite.Detections;

/// <summary>
/// TFLite_Detection_PostProcess, whose outputs most files give no shape: converters did not know the operator. Its
/// options say it, as <c>Prepare</c> of TensorFlow Lite's detection_postprocess.cc has it.
/// </summary>
internal static class DetectionShapes
{
    /// <summary>The operator's name in a file.</summary>
    public const string Name = "TFLite_Detection_PostProcess";

    /// <summary>The model with shapes of such outputs that have none.</summary>
    public static SourceModel Resolve(SourceModel model)
    {
        TfliteOperator[] detections = [.. model.Operators.Cast<TfliteOperator>().Where(
            op => op is { Code: BuiltinOperator.CUSTOM, Name: Name, Outputs.Length: 4 }
                && op.Outputs.Any(t => model.Tensors[t].Shape.IsEmpty))];
        if (detections.Length == 0)
        {
            return model;
        }

        ImmutableArray<SourceTensor>.Builder tensors = model.Tensors.ToBuilder();
        foreach (TfliteOperator op in detections)
        {
            ImmutableArray<ImmutableArray<int>> shapes = Shapes(op);
            for (int i = 0; i < shapes.Length; i++)
            {
                SourceTensor output = tensors[op.Outputs[i]];
                tensors[output.Index] = output.Shape.IsEmpty ? output with { Shape = shapes[i] } : output;
            }
        }

        return model with { Tensors = tensors.ToImmutable() };
    }

    /// <summary>The four shapes; none where the options are damaged, which the mapping says.</summary>
    private static ImmutableArray<ImmutableArray<int>> Shapes(TfliteOperator op)
    {
        try
        {
            FlexMap options = FlexMap.Of(op.CustomOptions.Span);
            long rows = (long)options.Int32("max_detections") * options.Int32("max_classes_per_detection");
            return rows is > 0 and <= int.MaxValue ? [[1, (int)rows, 4], [1, (int)rows], [1, (int)rows], [1]] : [];
        }
        catch (UnsupportedException)
        {
            return [];
        }
    }
}
