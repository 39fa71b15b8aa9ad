using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Detections;

namespace TinyQuant.Kernels;

/// <summary>
/// The best boxes of a detector, without those that lie over better ones: TFLite_Detection_PostProcess.
/// </summary>
/// <remarks>As detection_postprocess.cc of TensorFlow Lite Micro; a box without area is one over nothing, where that
/// ends the run. Rows that have no detection are zeros.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DetectionPostProcess
{
    private const int Corners = 4;

    /// <summary>Boxes suppress one another by their best classes, of which each box then has some.</summary>
    /// <param name="boxes">[n, stride].</param>
    /// <param name="scores">[n, columns].</param>
    /// <param name="anchors">[n, 4].</param>
    /// <param name="options">Sizes, thresholds and scales.</param>
    /// <param name="maxClasses">The most classes of a box; 1 or more.</param>
    /// <param name="scratch">[n, 5].</param>
    /// <param name="outputBoxes">[rows, 4].</param>
    /// <param name="outputClasses">[rows].</param>
    /// <param name="outputScores">[rows].</param>
    /// <param name="count">[1].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Fast(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<float> anchors,
        in DetectionOptions options, int maxClasses, Span<float> scratch, Span<float> outputBoxes,
        Span<float> outputClasses, Span<float> outputScores, Span<float> count)
    {
        Suppression suppression = Start(boxes, scores, anchors, options, scratch);
        DetectionRows rows = new(outputBoxes, outputClasses, outputScores, count);
        int classes = Math.Min(Math.Max(maxClasses, 1), options.Classes);
        for (int box = 0; box < suppression.Count; box++)
        {
            ReadOnlySpan<float> own = options.ScoresOf(scores, box);
            suppression.Offer(box, own[Best(own, float.PositiveInfinity, -1)]);
        }

        int selected = 0;
        for (; selected < options.MaxDetections && suppression.Take() is >= 0 and var box; selected++)
        {
            ReadOnlySpan<float> own = options.ScoresOf(scores, box);
            int at = Best(own, float.PositiveInfinity, -1);
            for (int i = 0; i < classes; i++)
            {
                // The reference leaves rows free between those of several classes.
                rows.Set((classes * ((selected * (long)classes) + i)) + i, suppression.Box(box), at, own[at]);
                at = Best(own, own[at], at);
            }
        }

        rows.SetCount((long)selected * classes);
    }

    /// <summary>Boxes of each class suppress one another by themselves; then the best of all classes remain.</summary>
    /// <param name="boxes">[n, stride].</param>
    /// <param name="scores">[n, columns].</param>
    /// <param name="anchors">[n, 4].</param>
    /// <param name="options">Sizes, thresholds and scales.</param>
    /// <param name="perClass">The most boxes of a class.</param>
    /// <param name="scratch">[n, 5].</param>
    /// <param name="outputBoxes">[rows, 4].</param>
    /// <param name="outputClasses">[rows].</param>
    /// <param name="outputScores">[rows].</param>
    /// <param name="count">[1].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Regular(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<float> anchors,
        in DetectionOptions options, int perClass, Span<float> scratch, Span<float> outputBoxes,
        Span<float> outputClasses, Span<float> outputScores, Span<float> count)
    {
        Suppression suppression = Start(boxes, scores, anchors, options, scratch);
        DetectionRows rows = new(outputBoxes, outputClasses, outputScores, count);
        int found = 0;
        for (int c = 0; c < options.Classes; c++)
        {
            for (int box = 0; box < suppression.Count; box++)
            {
                suppression.Offer(box, options.ScoresOf(scores, box)[c]);
            }

            for (int i = 0; i < perClass && suppression.Take() is >= 0 and var box; i++)
            {
                found = rows.Insert(
                    found, options.MaxDetections, suppression.Box(box), c, options.ScoresOf(scores, box)[c]);
            }
        }

        rows.SetCount(found);
    }

    private static Suppression Start(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<float> anchors,
        in DetectionOptions options, Span<float> scratch)
    {
        int count = anchors.Length / Corners;
        SpanChecks.Equal(anchors.Length, SpanChecks.Product(count, Corners), nameof(anchors), nameof(boxes));
        SpanChecks.AtLeast(options.Stride, Corners, "box", "corners");
        SpanChecks.AtLeast(options.Columns - options.Classes, 0, "columns", "classes");
        SpanChecks.AtLeast(options.Classes, 1, "classes", nameof(options));
        SpanChecks.Equal(boxes.Length, SpanChecks.Product(count, options.Stride), nameof(boxes), nameof(anchors));
        SpanChecks.Equal(scores.Length, SpanChecks.Product(count, options.Columns), nameof(scores), nameof(anchors));
        SpanChecks.Equal(scratch.Length, SpanChecks.Product(count, Corners + 1), nameof(scratch), nameof(anchors));
        Span<float> decoded = scratch[..(count * Corners)];
        for (int box = 0; box < count; box++)
        {
            options.Decode(
                boxes.Slice(box * options.Stride, Corners), anchors.Slice(box * Corners, Corners),
                decoded.Slice(box * Corners, Corners));
        }

        return new Suppression(decoded, scratch[(count * Corners)..], options.ScoreThreshold, options.IouThreshold);
    }

    /// <summary>The best class behind another one: of equal scores, the first; the first class where none is.</summary>
    private static int Best(ReadOnlySpan<float> scores, float behind, int index)
    {
        int best = -1;
        for (int c = 0; c < scores.Length; c++)
        {
            bool isBehind = scores[c] < behind || (scores[c] == behind && c > index);
            if (isBehind && (best < 0 || scores[c] > scores[best]))
            {
                best = c;
            }
        }

        return Math.Max(best, 0);
    }
}
