using TinyQuant.Import.Onnx.Schema;

namespace TinyQuant.Import.Onnx.Networks;

/// <summary>The names in a graph that are of values around it.</summary>
internal static class FreeNames
{
    public static HashSet<string> Of(OnnxGraph graph)
    {
        var free = new HashSet<string>(StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        own.UnionWith(graph.Inputs.Select(i => i.Name));
        own.UnionWith(graph.Initializers.Select(i => i.Name));
        own.UnionWith(graph.Nodes.SelectMany(n => n.Outputs));
        free.UnionWith(graph.Nodes.SelectMany(n => n.Inputs).Where(i => i.Length > 0));
        free.UnionWith(graph.Outputs.Select(o => o.Name));
        foreach (OnnxGraph inner in graph.Nodes.SelectMany(n => n.Attributes).Select(a => a.Graph).OfType<OnnxGraph>())
        {
            free.UnionWith(Of(inner));
        }

        free.ExceptWith(own);
        return free;
    }
}
