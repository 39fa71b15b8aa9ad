namespace TinyQuant.Model;

/// <summary>How the graphs that operators run lie in each other.</summary>
internal static class SubgraphErrors
{
    /// <summary>All graphs that operators run, and those that operators of these run.</summary>
    public static IEnumerable<Graph> All(Graph graph) =>
        graph.Operators.SelectMany(o => o.Subgraphs).SelectMany(g => All(g).Prepend(g));

    /// <summary>
    /// What is wrong: each graph is one operator's, under a name of its own, and they do not lie deeper in each other
    /// than a limit. Whoever walks through them relies on that.
    /// </summary>
    public static IEnumerable<ModelError> Of(Graph graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Graph>(ReferenceComparer.Instance);
        var open = new Stack<(Graph Graph, int Depth)>();
        open.Push((graph, 0));
        while (open.Count > 0)
        {
            (Graph current, int depth) = open.Pop();
            foreach (Operator op in current.Operators)
            {
                foreach (Graph subgraph in op.Subgraphs)
                {
                    string? wrong = Error(subgraph, depth + 1, seen, names);
                    if (wrong is not null)
                    {
                        return [new(ModelErrorKind.Mismatch, Math.Max(0, op.Line), 0, 1, $"{op.Kind}: {wrong}")];
                    }

                    open.Push((subgraph, depth + 1));
                }
            }
        }

        return [];
    }

    private static string? Error(Graph subgraph, int depth, HashSet<Graph> seen, HashSet<string> names)
    {
        if (!seen.Add(subgraph))
        {
            return $"the subgraph '{subgraph.Name}' is another operator's too; expected one of its own";
        }

        if (subgraph.Name.Length == 0 || !subgraph.Name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')
            or (>= '0' and <= '9') or '_' or '.' or '-'))
        {
            return $"'{Printable.Text(subgraph.Name)}' is not the name of a subgraph; expected letters, digits, '_', "
                + "'.' and '-'";
        }

        if (!names.Add(subgraph.Name))
        {
            return $"there are two subgraphs '{subgraph.Name}'; expected names of their own";
        }

        return depth > ModelLimits.SubgraphDepth
            ? Invariant($"the subgraph '{subgraph.Name}' lies {depth} deep in others; expected at most ")
                + Invariant($"{ModelLimits.SubgraphDepth}")
            : null;
    }

    private sealed class ReferenceComparer : IEqualityComparer<Graph>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Graph? x, Graph? y) => ReferenceEquals(x, y);

        public int GetHashCode(Graph graph) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(graph);
    }
}
