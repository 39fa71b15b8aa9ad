namespace TinyQuant.Import.Onnx.Networks;

/// <summary>Nodes that compute nothing that an output needs.</summary>
internal static class DeadNodes
{
    /// <summary>Takes them out.</summary>
    public static void Remove(Network network)
    {
        for (Node? node = network.Last; node is not null;)
        {
            Node? previous = node.Previous;
            if (!node.Outputs.Any(o => o is not null && (o.IsOutput || o.Readers.Count > 0)))
            {
                network.Remove(node);
            }

            node = previous;
        }
    }
}
