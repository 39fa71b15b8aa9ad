namespace TinyQuant.Report.Graphs;

/// <summary>Where nodes and edges of a drawing lie, in its own units; x grows to the right and y downwards.</summary>
internal sealed class GraphLayout
{
    public const double NodeWidth = 244;
    public const double NodeHeight = 44;
    public const double LabelLine = 15;

    private const double EdgeWidth = 18;
    private const double Gap = 22;
    private const double RowGap = 26;
    private const double Margin = 12;

    private readonly LaneRows _rows;
    private readonly double[] _tops;

    private GraphLayout(LaneRows rows, double[] tops, double height)
    {
        _rows = rows;
        _tops = tops;
        Height = height;
        double left = rows.Rows.SelectMany(r => r).Min(l => l.X - (WidthOf(l) / 2));
        foreach (Lane lane in rows.Rows.SelectMany(r => r))
        {
            lane.X += Margin - left;
        }

        Width = rows.Rows.SelectMany(r => r).Max(l => l.X + (WidthOf(l) / 2)) + Margin;
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Lays a graph out.</summary>
    /// <param name="labelLines">For each node how many lines of text stand below it; as many elements as nodes, at
    /// least one.</param>
    /// <param name="edges">Each from a node to one with a higher number.</param>
    public static GraphLayout Of(IReadOnlyList<int> labelLines, IReadOnlyList<(int From, int To)> edges)
    {
        var rows = LaneRows.Of(labelLines.Count, edges);
        double[] tops = new double[rows.Rows.Count];
        double y = Margin;
        for (int row = 0; row < tops.Length; row++)
        {
            Place(rows.Rows[row]);
            tops[row] = y;
            y += NodeHeight + RowGap
                + (LabelLine * rows.Rows[row].Where(l => l.IsNode).Select(l => labelLines[l.Node]).DefaultIfEmpty(0)
                    .Max());
        }

        return new GraphLayout(rows, tops, y);
    }

    /// <summary>The middle of each node's upper side, by node.</summary>
    public IEnumerable<(int Node, double X, double Top)> Nodes() => _rows.Rows.SelectMany((row, i) =>
        row.Where(l => l.IsNode).Select(l => (l.Node, l.X, _tops[i]))).OrderBy(n => n.Node);

    /// <summary>
    /// For each edge, in their order, the rows it runs through: x, and y of the row's upper and lower side.
    /// </summary>
    public IEnumerable<(double X, double Top, double Bottom)[]> Routes()
    {
        Dictionary<Lane, int> rowOf = _rows.Rows.SelectMany((row, i) => row.Select(lane => (lane, i)))
            .ToDictionary(p => p.lane, p => p.i);
        return _rows.Routes.Select(route => route.Select(lane =>
            (lane.X, _tops[rowOf[lane]], _tops[rowOf[lane]] + NodeHeight)).ToArray());
    }

    /// <summary>
    /// A node goes below what it reads, an edge that passes stays in its lane; where they would overlap, those on the
    /// right move on. So the main path is one straight line at the left, which a phone shows, and branches lie beside
    /// it.
    /// </summary>
    private static void Place(List<Lane> row)
    {
        double right = double.NegativeInfinity;
        foreach (Lane lane in row)
        {
            double half = WidthOf(lane) / 2;
            lane.X = Math.Max(Wish(lane), right + half);
            right = lane.X + half + Gap;
        }
    }

    private static double Wish(Lane lane)
    {
        if (lane.Above.Count == 0)
        {
            return 0;
        }

        if (lane.IsNode)
        {
            // A residual joins what is computed beside it: that goes straight down.
            return lane.Above.Where(a => a.IsNode).Concat(lane.Above).First().X;
        }

        Lane above = lane.Above[0];
        bool besides = above.IsNode && above.Below.Any(l => l.IsNode); // which goes straight down
        return besides ? above.X + ((NodeWidth + EdgeWidth) / 2) + Gap : above.X;
    }

    private static double WidthOf(Lane lane) => lane.IsNode ? NodeWidth : EdgeWidth;
}
