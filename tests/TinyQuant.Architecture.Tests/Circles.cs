namespace TinyQuant.Architecture.Tests;

/// <summary>Circles of a directed graph.</summary>
internal static class Circles
{
    /// <summary>
    /// The sets of two nodes or more in which each leads to each other one (strongly connected components, by Tarjan).
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<(string From, string To)> edges)
    {
        ILookup<string, string> next = edges.ToLookup(e => e.From, e => e.To);
        var index = new Dictionary<string, int>();
        var low = new Dictionary<string, int>();
        var stack = new List<string>();
        var circles = new List<IReadOnlyList<string>>();
        void Visit(string node)
        {
            index[node] = low[node] = index.Count;
            stack.Add(node);
            foreach (string to in next[node])
            {
                if (!index.TryGetValue(to, out int met))
                {
                    Visit(to);
                    low[node] = Math.Min(low[node], low[to]);
                }
                else if (stack.Contains(to))
                {
                    low[node] = Math.Min(low[node], met);
                }
            }

            if (low[node] == index[node])
            {
                int at = stack.IndexOf(node);
                List<string> component = stack[at..];
                stack.RemoveRange(at, stack.Count - at);
                if (component.Count > 1)
                {
                    circles.Add([.. component.Order(StringComparer.Ordinal)]);
                }
            }
        }

        foreach (IGrouping<string, string> node in next.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (!index.ContainsKey(node.Key))
            {
                Visit(node.Key);
            }
        }

        return circles;
    }
}
