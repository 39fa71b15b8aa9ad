namespace TinyQuant.Kernels.Detections;

/// <summary>Boxes that are taken by their scores, each of which drops those that it lies over.</summary>
/// <param name="boxes">[n, 4]: top, left, bottom and right.</param>
/// <param name="scores">[n]: room for those that are offered; NaN is none.</param>
/// <param name="scoreThreshold">The least score.</param>
/// <param name="iouThreshold">The greatest intersection through union.</param>
internal readonly ref struct Suppression(
    ReadOnlySpan<float> boxes, Span<float> scores, float scoreThreshold, float iouThreshold)
{
    private const int Corners = 4;

    private readonly ReadOnlySpan<float> _boxes = boxes;
    private readonly Span<float> _scores = scores;

    public int Count => _scores.Length;

    /// <summary>The corners of a box.</summary>
    public ReadOnlySpan<float> Box(int index) => _boxes.Slice(index * Corners, Corners);

    /// <summary>Offers a box, unless its score is too small.</summary>
    public void Offer(int box, float score) => _scores[box] = score >= scoreThreshold ? score : float.NaN;

    /// <summary>Takes the box of the greatest score, of equal ones the first; -1 where none is left.</summary>
    public int Take()
    {
        int best = -1;
        for (int i = 0; i < _scores.Length; i++)
        {
            if (!float.IsNaN(_scores[i]) && (best < 0 || _scores[i] > _scores[best]))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            return -1;
        }

        _scores[best] = float.NaN;
        for (int i = 0; i < _scores.Length; i++)
        {
            if (!float.IsNaN(_scores[i]) && Overlap(Box(best), Box(i)) > iouThreshold)
            {
                _scores[i] = float.NaN;
            }
        }

        return best;
    }

    /// <summary>Intersection through union, in float32; 0 where one has no area.</summary>
    private static float Overlap(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float areaA = (a[2] - a[0]) * (a[3] - a[1]);
        float areaB = (b[2] - b[0]) * (b[3] - b[1]);
        if (areaA <= 0 || areaB <= 0)
        {
            return 0;
        }

        float height = Math.Max(Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), 0);
        float width = Math.Max(Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]), 0);
        float common = height * width;
        return common / (areaA + areaB - common);
    }
}
