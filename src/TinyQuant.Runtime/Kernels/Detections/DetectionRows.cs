using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Detections;

/// <summary>The outputs of a <see cref="DetectionPostProcess"/>, which are zeros at first.</summary>
internal readonly ref struct DetectionRows
{
    private const int Corners = 4;

    private readonly Span<float> _boxes;
    private readonly Span<float> _classes;
    private readonly Span<float> _scores;
    private readonly Span<float> _count;

    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public DetectionRows(Span<float> boxes, Span<float> classes, Span<float> scores, Span<float> count)
    {
        SpanChecks.Equal(boxes.Length, (long)classes.Length * Corners, "boxes", "classes");
        SpanChecks.Equal(scores.Length, classes.Length, "scores", "classes");
        SpanChecks.Equal(count.Length, 1, "count", "output");
        boxes.Clear();
        classes.Clear();
        scores.Clear();
        _boxes = boxes;
        _classes = classes;
        _scores = scores;
        _count = count;
    }

    /// <summary>Writes a row, if there is one.</summary>
    public void Set(long row, ReadOnlySpan<float> box, int kind, float score)
    {
        if (row < _classes.Length)
        {
            box.CopyTo(_boxes[((int)row * Corners)..]);
            _classes[(int)row] = kind;
            _scores[(int)row] = score;
        }
    }

    /// <summary>Inserts a row behind all whose score is not smaller.</summary>
    /// <param name="count">The rows that there are.</param>
    /// <param name="most">How many there may be; beyond them the last one goes.</param>
    /// <param name="box">Its corners.</param>
    /// <param name="kind">Its class.</param>
    /// <param name="score">Its score.</param>
    /// <returns>The rows that there are then.</returns>
    public int Insert(int count, int most, ReadOnlySpan<float> box, int kind, float score)
    {
        most = Math.Min(most, _classes.Length);
        int at = count;
        while (at > 0 && _scores[at - 1] < score)
        {
            at--;
        }

        if (at >= most)
        {
            return count;
        }

        for (int row = Math.Min(count, most - 1); row > at; row--)
        {
            Set(row, _boxes.Slice((row - 1) * Corners, Corners), (int)_classes[row - 1], _scores[row - 1]);
        }

        Set(at, box, kind, score);
        return Math.Min(count + 1, most);
    }

    /// <summary>Writes how many detections there are.</summary>
    public void SetCount(long count) => _count[0] = count;
}
