namespace TinyQuant.Report.Graphs;

/// <summary>A place in a row of a drawing: a node, or where an edge passes on its way to a later row.</summary>
/// <param name="node">The node; -1 where an edge passes.</param>
internal sealed class Lane(int node)
{
    public int Node { get; } = node;

    public bool IsNode => Node >= 0;

    /// <summary>The lanes of the row above that lead here.</summary>
    public List<Lane> Above { get; } = [];

    /// <summary>The lanes of the row below that lead on.</summary>
    public List<Lane> Below { get; } = [];

    /// <summary>Its place in the row, from 0.</summary>
    public int Place { get; set; }

    /// <summary>The middle of it, in units of the drawing.</summary>
    public double X { get; set; }

    public override string ToString() => IsNode ? Invariant($"node {Node} at {X}") : Invariant($"edge at {X}");
}
