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
        var cost = ModelCost.Of(model);
        List<string> lines =
        [
            $"<summary>The model '{Literals.Comment(graph.Name)}'.</summary>",
            "<remarks>",
            $"{graph.Operators.Length} operator{(graph.Operators.Length == 1 ? "" : "s")}, {Literals.Number(graph.Macs)} multiply-accumulates, {Literals.Number(graph.ConstantBytes)} bytes of weights and biases, rounding {graph.Rounding.ToName()}.",
            $"<para>In the program {Literals.Number(cost.BakedBytes)} bytes of constants; in an instance {Literals.Number(cost.InstanceBytes)} bytes of arena. Most multiply-accumulates are in {Literals.Comment(cost.MostMacs)}.</para>",
        ];
        lines.AddRange(graph.Inputs.Select(t => $"<para>Input {Literals.Comment(TensorDocumentation.Describe(t))}.</para>"));
        lines.AddRange(graph.Outputs.Select(t => $"<para>Output {Literals.Comment(TensorDocumentation.Describe(t))}.</para>"));
        if (!graph.Labels.IsEmpty)
        {
            lines.Add($"<para>Classes {Labels(graph)}.</para>");
        }
        lines.AddRange(graph.Notes.Select(note => $"<para>{Literals.Comment(note)}</para>"));
        lines.AddRange(graph.Metrics.Select(m => FormattableString.Invariant(
            $"<para>{Literals.Comment(m.Name)} {m.Value:0.####} on {Literals.Comment(m.DataSet)} ({m.Count:N0} examples).</para>")));
        lines.Add("</remarks>");
        return lines;
    }

    /// <summary>Index and name of each class; of many, the first.</summary>
    public static string Labels(Graph graph)
    {
        string shown = string.Join(", ", graph.Labels.Take(ShownLabels).Select((label, i) => Invariant($"{i} {Literals.Comment(label)}")));
        return graph.Labels.Length <= ShownLabels ? shown : $"{shown} and {Literals.Number(graph.Labels.Length - ShownLabels)} more";
    }
}
