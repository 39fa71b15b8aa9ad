using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The spans that the caller of <c>Run</c> passes: inputs, then outputs.</summary>
internal static class CallerSpans
{
    /// <summary>A lone input or output is called just that; several keep their tensors' names.</summary>
    public static IReadOnlyList<CallerSpan> Of(Graph graph, NameTable names) =>
        [.. Of(graph.Inputs, "Input", names), .. Of(graph.Outputs, "Output", names)];

    /// <summary>Those of a graph that an operator runs, by their tensors' names.</summary>
    public static IReadOnlyList<CallerSpan> OfSubgraph(Graph graph, NameTable names) =>
    [
        .. graph.Inputs.Select(t => new CallerSpan(t, names.Camel(t.Name), "", IsInput: true)),
        .. graph.Outputs.Select(t => new CallerSpan(t, names.Camel(t.Name), "", IsInput: false)),
    ];

    private static IEnumerable<CallerSpan> Of(IReadOnlyList<Tensor> tensors, string alone, NameTable names)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            bool isAlone = tensors.Count == 1;
            string prefix = isAlone ? alone : Invariant($"{alone}{i + 1}");
            foreach (string constant in new[] { "Length", "Scale", "ZeroPoint" })
            {
                names.Reserve(prefix + constant);
            }

            string name = isAlone ? alone.ToLowerInvariant() : names.Camel(tensors[i].Name);
            yield return new CallerSpan(tensors[i], name, prefix, IsInput: alone == "Input");
        }
    }
}
