using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>float32.</summary>
internal sealed class DetectionPostProcessEmitter : IOperatorEmitter
{
    public static readonly DetectionPostProcessEmitter Instance = new();

    private const int NumbersOfBox = 5; // four corners and a score

    public KernelCall Lower(Operator op, int index, LoweringContext context)
    {
        var detection = (DetectionPostProcess)op;
        (DetectionLimits limits, DetectionScales scales) = (detection.Limits, detection.Scales);
        KernelArgument options = KernelArgument.New("Kernels::DetectionOptions",
            ("stride", detection.Boxes.Shape[2]), ("columns", detection.Scores.Shape[2]),
            ("classes", detection.Classes), ("maxDetections", limits.MaxDetections),
            ("scoreThreshold", detection.ScoreThreshold), ("iouThreshold", detection.IouThreshold),
            ("yScale", scales.Y), ("xScale", scales.X), ("hScale", scales.H), ("wScale", scales.W));
        KernelArgument most = limits.IsRegular
            ? ("perClass", limits.DetectionsPerClass)
            : ("maxClasses", limits.MaxClasses);
        string scratch = context.Scratch(op.Outputs[0].Name + ".decoded", TensorType.Float32,
            NumbersOfBox * (long)detection.Boxes.Shape[1]);
        return context.Call(op, $"Kernels::DetectionPostProcess.{(limits.IsRegular ? "Regular" : "Fast")}",
            context.Span(detection.Boxes), context.Span(detection.Scores), context.Span(detection.Anchors), options,
            most, scratch, context.Span(op.Outputs[0]), context.Span(op.Outputs[1]), context.Span(op.Outputs[2]),
            context.Span(op.Outputs[3]));
    }
}
