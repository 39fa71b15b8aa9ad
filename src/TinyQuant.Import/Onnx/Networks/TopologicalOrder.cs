namespace TinyQuant.Import.Onnx.Networks;

/// <summary>An order in which each node is behind those it reads from.</summary>
internal static class TopologicalOrder
{
    /// <summary>Brings the nodes into it; what is in it already stays as it is.</summary>
    /// <returns>False where nodes read each other in a circle, which is an error.</returns>
    public static bool Sort(Network network, ErrorCollection errors)
    {
        var left = new Dictionary<Node, int>();
        var ready = new PriorityQueue<Node, int>();
        var places = new Dictionary<Node, int>();
        foreach (Node node in network.Nodes)
        {
            places.Add(node, places.Count);
            left[node] = Reads(node).Count(v => v.Producer is not null);
            if (left[node] == 0)
            {
                ready.Enqueue(node, places[node]);
            }
        }

        var sorted = new List<Node>(left.Count);
        while (ready.TryDequeue(out Node? node, out _))
        {
            sorted.Add(node);
            foreach (Node reader in node.Outputs.OfType<Value>().SelectMany(o => o.Readers))
            {
                if (--left[reader] == 0)
                {
                    ready.Enqueue(reader, places[reader]);
                }
            }
        }

        if (sorted.Count < left.Count)
        {
            Node first = left.Where(l => l.Value > 0).MinBy(l => places[l.Key]).Key;
            errors.Add(first.Error("it reads what is computed from its own output; expected an order of computation"));
            return false;
        }

        network.Reorder(sorted);
        return true;
    }

    private static IEnumerable<Value> Reads(Node node) => node.Inputs.OfType<Value>().Concat(node.Captures.Values);
}
