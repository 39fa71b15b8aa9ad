using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>The XML documentation of the type: what the model is, takes, gives and costs.</summary>
internal static class TypeDocumentation
{
    private const int ShownLabels = 20;

    /// <summary>Its lines, without the slashes.</summary>
    public static IReadOnlyList<string> Of(LoweredModel model)
    {
        Graph graph = model.Graph;
        List<string> lines =
        [
            $"<summary>The model '{Literals.Comment(graph.Name)}'.</summary>",
            "<remarks>",
            $"{string.Join(", ", Sizes(graph))}, rounding {graph.Rounding.ToName()}.",
            $"<para>{Cost(graph, ModelCost.Of(model))}</para>",
        ];
        lines.AddRange(
            graph.Inputs.Select(t => $"<para>Input {Literals.Comment(TensorDocumentation.Describe(t))}.</para>"));
        lines.AddRange(
            graph.Outputs.Select(t => $"<para>Output {Literals.Comment(TensorDocumentation.Describe(t))}.</para>"));
        if (!graph.Labels.IsEmpty)
        {
            lines.Add($"<para>Classes {Labels(graph)}.</para>");
        }

        lines.AddRange(graph.Notes.Select(note => $"<para>{Literals.Comment(note)}</para>"));
        lines.AddRange(graph.Metrics.Select(m => FormattableString.Invariant(
            $"<para>{Literals.Comment(m.Name)} {m.Value:0.####} on {Literals.Comment(m.DataSet)} ({m.Count:N0} ")
                + "examples).</para>"));
        lines.Add("</remarks>");
        return lines;
    }

    /// <summary>What there is of operators, products and constants; nothing of what there is not.</summary>
    private static IEnumerable<string> Sizes(Graph graph)
    {
        yield return $"{Literals.Number(graph.Operators.Length)} operator{(graph.Operators.Length == 1 ? "" : "s")}";
        if (graph.Macs > 0)
        {
            yield return $"{Literals.Number(graph.Macs)} multiply-accumulates";
        }

        if (graph.ConstantBytes > 0)
        {
            yield return $"{Literals.Number(graph.ConstantBytes)} bytes of weights and biases";
        }
    }

    private static string Cost(Graph graph, ModelCost cost)
    {
        string bytes = $"In the program {Literals.Number(cost.BakedBytes)} bytes of constants; in an instance "
            + $"{Literals.Number(cost.InstanceBytes)} bytes of arena.";
        bool tells = graph.Macs > 0 && graph.Operators.Length > 1;
        return tells ? $"{bytes} Most multiply-accumulates are in {Literals.Comment(cost.MostMacs)}." : bytes;
    }

    /// <summary>Index and name of each class; of many, the first.</summary>
    public static string Labels(Graph graph)
    {
        string shown = string.Join(
            ", ", graph.Labels.Take(ShownLabels).Select((label, i) => Invariant($"{i} {Literals.Comment(label)}")));
        return graph.Labels.Length <= ShownLabels
            ? shown
            : $"{shown} and {Literals.Number(graph.Labels.Length - ShownLabels)} more";
    }
}
