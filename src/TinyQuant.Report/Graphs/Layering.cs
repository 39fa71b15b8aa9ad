namespace TinyQuant.Report.Graphs;

/// <summary>Which row of a drawing each node stands in: below all that it reads.</summary>
internal static class Layering
{
    /// <summary>
    /// The row of each node, from 0. A node that reads nothing stands right above the first that reads it.
    /// </summary>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="edges">Each from a node to one with a higher number.</param>
    public static int[] Of(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        int[] rows = new int[nodes];
        foreach ((int from, int to) in edges.OrderBy(e => e.From))
        {
            rows[to] = Math.Max(rows[to], rows[from] + 1);
        }

        var read = edges.Select(e => e.To).ToHashSet();
        foreach (IGrouping<int, (int From, int To)> source in edges.Where(e => !read.Contains(e.From))
            .GroupBy(e => e.From))
        {
            rows[source.Key] = source.Min(e => rows[e.To]) - 1;
        }

        return rows;
    }
}
