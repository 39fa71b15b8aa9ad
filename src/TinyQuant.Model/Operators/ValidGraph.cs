namespace TinyQuant.Model;

/// <summary>
/// A graph that <see cref="GraphValidator"/> found nothing wrong with. Whoever takes one need not look again, and
/// whoever makes one of a graph has looked.
/// </summary>
public sealed class ValidGraph
{
    internal ValidGraph(Graph graph) => Graph = graph;

    /// <summary>The graph; immutable, so that it stays valid.</summary>
    public Graph Graph { get; }

    /// <summary>The graph, for whoever does not ask whether it is valid.</summary>
    /// <param name="valid">A graph that is.</param>
    public static implicit operator Graph(ValidGraph valid) => valid.Graph;

    /// <summary>The graph: what the conversion gives, by a name.</summary>
    public Graph ToGraph() => Graph;
}
