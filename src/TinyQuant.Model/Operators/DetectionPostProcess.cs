using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model;

/// <summary>How many detections a <see cref="DetectionPostProcess"/> gives.</summary>
/// <param name="MaxDetections">The most boxes.</param>
/// <param name="MaxClasses">The most classes of a box; of the fast form alone.</param>
/// <param name="DetectionsPerClass">The most boxes of a class; of the regular form alone.</param>
/// <param name="IsRegular">Whether boxes of each class suppress one another by themselves (regular), or boxes of all
/// classes by their best one (fast).</param>
public sealed record DetectionLimits(int MaxDetections, int MaxClasses, int DetectionsPerClass, bool IsRegular);

/// <summary>What the offsets of boxes against their anchors are divided by.</summary>
/// <param name="Y">Of the centre, down.</param>
/// <param name="X">Of the centre, to the right.</param>
/// <param name="H">Of the height's logarithm.</param>
/// <param name="W">Of the width's logarithm.</param>
public sealed record DetectionScales(float Y, float X, float H, float W);

/// <summary>
/// TensorFlow Lite's custom operator TFLite_Detection_PostProcess: boxes and scores of a detector to the best of them,
/// without those that lie over better ones. All float32. Inputs: boxes [1,n,4 or more] as y, x, height and width
/// against an anchor, scores [1,n,classes] or with a column more before them for the background, anchors [n,4].
/// Outputs: boxes [1,rows,4] as top, left, bottom and right, classes [1,rows], scores [1,rows], and the count of
/// detections [1].
/// </summary>
public sealed class DetectionPostProcess : Operator
{
    private static readonly OperatorAttribute[] s_attributes =
    [
        Integer("num_classes", o => o.Classes), Real("score_threshold", o => o.ScoreThreshold),
        Real("iou_threshold", o => o.IouThreshold), Integer("max_detections", o => o.Limits.MaxDetections),
        Integer("max_classes", o => o.Limits.MaxClasses),
        Integer("detections_per_class", o => o.Limits.DetectionsPerClass),
        AttributesOf<DetectionPostProcess>.Flag("regular", o => o.Limits.IsRegular),
        Real("y_scale", o => o.Scales.Y), Real("x_scale", o => o.Scales.X), Real("h_scale", o => o.Scales.H),
        Real("w_scale", o => o.Scales.W),
    ];

    internal static OperatorSchema Schema { get; } = OperatorSchema.Of(
        3, 4, p => new DetectionPostProcess(
            p.Inputs, p.Outputs, Int(p, 0), Float(p, 1), Float(p, 2),
            new DetectionLimits(Int(p, 3), Int(p, 4), Int(p, 5), p.Get((OperatorAttribute<bool>)s_attributes[6])),
            new DetectionScales(Float(p, 7), Float(p, 8), Float(p, 9), Float(p, 10)), p.Line),
        s_attributes);

    /// <summary>Creates the operator.</summary>
    /// <param name="inputs">Boxes, scores and anchors.</param>
    /// <param name="outputs">Boxes, classes, scores and their count.</param>
    /// <param name="classes">Without the background.</param>
    /// <param name="scoreThreshold">The least score of a detection.</param>
    /// <param name="iouThreshold">Of two boxes, the intersection through the union from which on the worse one
    /// goes.</param>
    /// <param name="limits">How many detections there are at most.</param>
    /// <param name="scales">What offsets are divided by.</param>
    /// <param name="line">The line of the model file.</param>
    public DetectionPostProcess(
        ImmutableArray<Tensor> inputs, ImmutableArray<Tensor> outputs, int classes, float scoreThreshold,
        float iouThreshold, DetectionLimits limits, DetectionScales scales, int line = -1)
        : base(inputs, outputs, line)
    {
        Classes = classes;
        ScoreThreshold = scoreThreshold;
        IouThreshold = iouThreshold;
        Limits = limits;
        Scales = scales;
    }

    /// <summary>Without the background.</summary>
    public int Classes { get; }

    /// <summary>The least score of a detection.</summary>
    public float ScoreThreshold { get; }

    /// <summary>From which intersection through union on the worse of two boxes goes.</summary>
    public float IouThreshold { get; }

    /// <summary>How many detections there are at most.</summary>
    public DetectionLimits Limits { get; }

    /// <summary>What offsets are divided by.</summary>
    public DetectionScales Scales { get; }

    /// <summary>[1,n,4 or more].</summary>
    public Tensor Boxes => Inputs[0];

    /// <summary>[1,n,classes], or with the background before them.</summary>
    public Tensor Scores => Inputs[1];

    /// <summary>[n,4].</summary>
    public Tensor Anchors => Inputs[2];

    /// <inheritdoc/>
    public override long Macs => 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Validate()
    {
        List<string> errors =
        [
            .. Checks.SameType([TensorType.Float32], [.. Inputs, .. Outputs]),
            .. Checks.Rank(Boxes, 3), .. Checks.Rank(Scores, 3), .. Checks.Rank(Outputs[0], 3),
        ];
        return errors.Count > 0 ? errors : ShapeErrors();
    }

    private IEnumerable<string> ShapeErrors()
    {
        (int boxes, int rows) = (Boxes.Shape[1], Outputs[0].Shape[1]);
        bool fits = Boxes.Shape[0] == 1 && Boxes.Shape[2] >= 4 && Scores.Shape[0] == 1 && Scores.Shape[1] == boxes
            && (Scores.Shape[2] == Classes || Scores.Shape[2] == Classes + 1L);
        if (!fits)
        {
            yield return $"'{Boxes.Name}' {Boxes.ShapeText} and '{Scores.Name}' {Scores.ShapeText} are no boxes and "
                + Invariant($"their scores in {Classes} classes; expected [1,n,4] and [1,n,{Classes}] or ")
                + Invariant($"[1,n,{Classes + 1L}]");
        }

        if (rows < Limits.MaxDetections)
        {
            yield return $"'{Outputs[0].Name}' {Outputs[0].ShapeText} has no room for "
                + Invariant($"{Limits.MaxDetections} detections; expected [1,{Limits.MaxDetections},4]");
        }

        foreach (string error in Checks.Shape(Anchors, boxes, 4).Concat(Checks.Shape(Outputs[0], 1, rows, 4))
            .Concat(Checks.Shape(Outputs[1], 1, rows)).Concat(Checks.Shape(Outputs[2], 1, rows))
            .Concat(Checks.Shape(Outputs[3], 1)))
        {
            yield return error;
        }
    }

    private static OperatorAttribute<int> Integer(string key, Func<DetectionPostProcess, int> get) =>
        AttributesOf<DetectionPostProcess>.Integer(key, get, 1, int.MaxValue);

    private static OperatorAttribute<float> Real(string key, Func<DetectionPostProcess, float> get) =>
        AttributesOf<DetectionPostProcess>.Float(key, get);

    private static int Int(OperatorParts parts, int attribute) =>
        parts.Get((OperatorAttribute<int>)s_attributes[attribute]);

    private static float Float(OperatorParts parts, int attribute) =>
        parts.Get((OperatorAttribute<float>)s_attributes[attribute]);
}
