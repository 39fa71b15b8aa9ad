namespace TinyQuant.Report.Graphs;

/// <summary>
/// The rows of a drawing, each with its lanes from left to right, in an order in which few edges cross.
/// </summary>
internal sealed class LaneRows
{
    private const int Sweeps = 4;

    private LaneRows(List<Lane>[] rows, List<Lane>[] routes)
    {
        Rows = rows;
        Routes = routes;
    }

    /// <summary>From top to bottom.</summary>
    public IReadOnlyList<List<Lane>> Rows { get; }

    /// <summary>For each edge the lanes it runs through, its two nodes included.</summary>
    public IReadOnlyList<List<Lane>> Routes { get; }

    public static LaneRows Of(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        int[] rowOf = Layering.Of(nodes, edges);
        List<Lane>[] rows = [.. Enumerable.Range(0, rowOf.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<Lane>())];
        Lane[] lanes = [.. Enumerable.Range(0, nodes).Select(n => new Lane(n))];
        foreach (Lane lane in lanes)
        {
            rows[rowOf[lane.Node]].Add(lane);
        }

        var routes = new List<Lane>[edges.Count];
        for (int e = 0; e < edges.Count; e++)
        {
            (int from, int to) = edges[e];
            routes[e] = [lanes[from]];
            for (int row = rowOf[from] + 1; row < rowOf[to]; row++)
            {
                var passing = new Lane(-1);
                rows[row].Add(passing);
                routes[e].Add(passing);
            }

            routes[e].Add(lanes[to]);
            foreach ((Lane above, Lane below) in routes[e].Zip(routes[e].Skip(1)))
            {
                above.Below.Add(below);
                below.Above.Add(above);
            }
        }

        Order(rows);
        return new LaneRows(rows, routes);
    }

    /// <summary>
    /// Barycentres (Sugiyama, Tagawa and Toda, 1981): each lane goes to the mean place of its neighbours, down and up
    /// in turns.
    /// </summary>
    private static void Order(List<Lane>[] rows)
    {
        Array.ForEach(rows, Number);
        List<Lane>[] best = Copy(rows);
        int fewest = Crossings(rows);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            foreach (List<Lane> row in rows)
            {
                Sort(row, lane => lane.Above);
            }

            foreach (List<Lane> row in rows.Reverse())
            {
                Sort(row, lane => lane.Below);
            }

            if (Crossings(rows) is var crossings && crossings < fewest)
            {
                fewest = crossings;
                best = Copy(rows);
            }
        }

        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = best[i];
            Number(rows[i]);
        }
    }

    private static void Sort(List<Lane> row, Func<Lane, List<Lane>> neighbours)
    {
        Lane[] sorted = [
            .. row.OrderBy(lane => neighbours(lane) is { Count: > 0 } near ? near.Average(n => n.Place) : lane.Place)];
        row.Clear();
        row.AddRange(sorted);
        Number(row);
    }

    private static void Number(List<Lane> row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            row[i].Place = i;
        }
    }

    private static int Crossings(List<Lane>[] rows) => rows.Sum(row =>
    {
        (int Above, int Below)[] links = [
            .. row.SelectMany(lane => lane.Above.Select(above => (above.Place, lane.Place)))];
        return links.Select((a, i) => links.Skip(i + 1).Count(b => (a.Above - b.Above) * (a.Below - b.Below) < 0))
            .Sum();
    });

    private static List<Lane>[] Copy(List<Lane>[] rows) => [.. rows.Select(row => row.ToList())];
}
