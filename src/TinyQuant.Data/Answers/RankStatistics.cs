namespace TinyQuant.Data;

/// <summary>How well scores tell two groups apart.</summary>
public static class RankStatistics
{
    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a random positive has a higher score
    /// than a random negative, equal scores counting half (Mann and Whitney, 1947).
    /// </summary>
    /// <param name="scores">A score for each example.</param>
    /// <param name="isPositive">Whether each is positive; there is one of either.</param>
    public static double AreaUnderCurve(IReadOnlyList<float> scores, IReadOnlyList<bool> isPositive)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isPositive);
        long positives = isPositive.Count(p => p);
        long negatives = isPositive.Count - positives;
        if (scores.Count != isPositive.Count || positives == 0 || negatives == 0)
        {
            throw new ArgumentException(
                Invariant($"{scores.Count} scores, {positives} positives and {negatives} negatives give no curve."),
                nameof(scores));
        }

        int[] order = [.. Enumerable.Range(0, scores.Count).OrderBy(i => scores[i])];
        double ranks = 0;
        for (int first = 0; first < order.Length;)
        {
            int end = first;
            while (end < order.Length && scores[order[end]] == scores[order[first]])
            {
                end++;
            }

            double rank = (first + 1 + end) / 2.0; // the mean of ranks first + 1 to end, which equal scores share
            for (; first < end; first++)
            {
                ranks += isPositive[order[first]] ? rank : 0;
            }
        }

        return (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>The lowest threshold that at most a fraction of scores is above.</summary>
    /// <param name="negatives">Scores of what is no positive; one at least.</param>
    /// <param name="falseAlarms">The fraction, from 0 to 1.</param>
    public static float Threshold(IReadOnlyList<float> negatives, double falseAlarms)
    {
        ArgumentNullException.ThrowIfNull(negatives);
        if (negatives.Count == 0)
        {
            throw new ArgumentException("A threshold needs one score at least.", nameof(negatives));
        }

        float[] falling = [.. negatives.OrderDescending()];
        int allowed = (int)Math.Floor(falseAlarms * falling.Length);
        return allowed < falling.Length ? falling[allowed] : falling[^1] - 1;
    }

    /// <summary>
    /// The curve itself: the fraction of negatives and of positives above each threshold, from none to all.
    /// </summary>
    /// <param name="scores">A score for each example.</param>
    /// <param name="isPositive">Whether each is positive; there is one of either.</param>
    public static IReadOnlyList<(double FalseAlarms, double Found)> Curve(
        IReadOnlyList<float> scores, IReadOnlyList<bool> isPositive)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isPositive);
        double positives = isPositive.Count(p => p);
        double negatives = isPositive.Count - positives;
        List<(double, double)> points = [(0, 0)];
        double alarms = 0;
        double found = 0;
        foreach (IGrouping<float, int> equal in Enumerable.Range(0, scores.Count).GroupBy(i => scores[i])
            .OrderByDescending(g => g.Key))
        {
            found += equal.Count(i => isPositive[i]);
            alarms += equal.Count(i => !isPositive[i]);
            points.Add((alarms / negatives, found / positives));
        }

        return points;
    }
}
