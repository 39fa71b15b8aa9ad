using System.ComponentModel;

namespace TinyQuant.Kernels;

/// <summary>Sizes, thresholds and scales of a <see cref="DetectionPostProcess"/>.</summary>
/// <param name="stride">Numbers of a box; 4 or more.</param>
/// <param name="columns">Scores of a box: those of the classes, and before them any others.</param>
/// <param name="classes">1 or more.</param>
/// <param name="maxDetections">The most boxes.</param>
/// <param name="scoreThreshold">The least score.</param>
/// <param name="iouThreshold">The greatest intersection through union of two boxes.</param>
/// <param name="yScale">What the offset of a centre is divided by, down.</param>
/// <param name="xScale">The same, to the right.</param>
/// <param name="hScale">What the logarithm of a height is divided by.</param>
/// <param name="wScale">The same of a width.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DetectionOptions(
    int stride, int columns, int classes, int maxDetections, float scoreThreshold, float iouThreshold, float yScale,
    float xScale, float hScale, float wScale)
{
    internal int Stride { get; } = stride;
    internal int Columns { get; } = columns;
    internal int Classes { get; } = classes;
    internal int MaxDetections { get; } = maxDetections;
    internal float ScoreThreshold { get; } = scoreThreshold;
    internal float IouThreshold { get; } = iouThreshold;

    /// <summary>The scores of a box in the classes, without the background.</summary>
    internal ReadOnlySpan<float> ScoresOf(ReadOnlySpan<float> scores, int box) =>
        scores.Slice((box * Columns) + Columns - Classes, Classes);

    /// <summary>Centre and size against an anchor to top, left, bottom and right.</summary>
    /// <remarks><c>DecodeCenterSizeBoxes</c>: each of the four in double, and rounded to float32.</remarks>
    internal void Decode(ReadOnlySpan<float> box, ReadOnlySpan<float> anchor, Span<float> corners)
    {
        float y = (float)(((double)box[0] / yScale * anchor[2]) + anchor[0]);
        float x = (float)(((double)box[1] / xScale * anchor[3]) + anchor[1]);
        float h = (float)(0.5 * Math.Exp((double)box[2] / hScale) * anchor[2]);
        float w = (float)(0.5 * Math.Exp((double)box[3] / wScale) * anchor[3]);
        (corners[0], corners[1], corners[2], corners[3]) = (y - h, x - w, y + h, x + w);
    }
}
