namespace TinyQuant.Training.Recipes;

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
            throw new ArgumentException($"{scores.Count} scores, {positives} positives and {negatives} negatives give no curve.", nameof(scores));
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
}
