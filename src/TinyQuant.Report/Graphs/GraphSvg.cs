using TinyQuant.Model;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Graphs;

/// <summary>
/// A model as a picture, from the input at the top to the output at the bottom. Its colours are the page's.
/// </summary>
internal static class GraphSvg
{
    private const double TitleSize = 13; // as in the style sheet
    private const double SettingsSize = 12;
    private const double Room = GraphLayout.NodeWidth - 12;
    private const double Corner = 6;
    private const double LabelGap = 8;
    private const double ArrowLength = 7;

    public static Html Write(string name, ModelNodes model)
    {
        Html[][] labels = [.. model.Nodes.Select(LabelsOf)];
        var layout = GraphLayout.Of([.. labels.Select(l => l.Length)], model.Edges);
        (double X, double Top, double Bottom)[][] routes = [.. layout.Routes()];
        ILookup<int, double> next = model.Edges.Zip(routes).ToLookup(p => p.First.From, p => p.Second[1].X);
        return Html.Of($"""
            <svg class="graph" role="img" aria-label="The graph of {name}" width="{layout.Width}" height="{layout.Height}" viewBox="0 0 {layout.Width} {layout.Height}">
            <defs><marker id="arrow" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="arrow" d="M0 0.5 L8 4 L0 7.5 z"/></marker></defs>
            {routes.Select(Edge)}{layout.Nodes().Select(n => Html.Of($"{Box(model.Nodes[n.Node], n.X, n.Top)}{Labels(labels[n.Node], n.X, n.Top, next[n.Node])}"))}</svg>

            """);
    }

    private static Html Edge((double X, double Top, double Bottom)[] route)
    {
        (double X, double Top, double Bottom) from = route[0];
        Html path = Html.Of($"M{from.X} {from.Bottom}");
        foreach ((double x, double top, double bottom) in route.Skip(1))
        {
            bool last = (x, top, bottom) == route[^1];
            double end = last ? top - ArrowLength : top;
            double bend = (end - from.Bottom) / 2;
            Html curve = x == from.X
                ? Html.Of($" L{x} {end}")
                : Html.Of($" C{from.X} {from.Bottom + bend} {x} {end - bend} {x} {end}");
            path = Html.Of($"{path}{curve}{(last ? Html.None : Html.Of($" L{x} {bottom}"))}");
            from = (x, top, bottom);
        }

        return Html.Of($"<path class=\"edge\" d=\"{path}\" marker-end=\"url(#arrow)\"/>\n");
    }

    private static Html Box(ModelNode node, double x, double top)
    {
        double left = x - (GraphLayout.NodeWidth / 2);
        bool hasSettings = node.Settings.Length > 0;
        Html settings = hasSettings
            ? Html.Of(
                $"<text class=\"settings\" x=\"{x}\" y=\"{top + 35}\" "
                    + $"text-anchor=\"middle\">{TextWidth.Fit(node.Settings, Room, SettingsSize)}</text>")
            : Html.None;
        return Html.Of($"""
            <g class="{Class(node.Kind)}"><title>{node.Description}</title><rect x="{left}" y="{top}" width="{GraphLayout.NodeWidth}" height="{GraphLayout.NodeHeight}" rx="{(node.Kind == NodeKind.Caller ? GraphLayout.NodeHeight / 2 : Corner)}"/><text x="{x}" y="{top + (hasSettings ? 18 : 27)}" text-anchor="middle">{TextWidth.Fit(node.Title, Room, TitleSize, isBold: true)}</text>{settings}</g>

            """);
    }

    /// <summary>Below the box, on the left, unless that is where all edges leave.</summary>
    private static Html Labels(Html[] labels, double x, double top, IEnumerable<double> next)
    {
        (string anchor, double at) = next.Any() && next.All(n => n < x)
            ? ("start", x + LabelGap)
            : ("end", x - LabelGap);
        double first = top + GraphLayout.NodeHeight + GraphLayout.LabelLine;
        return Html.Of(
            $"{labels.Select((label, i) => Html.Of($"<text class=\"shape\" x=\"{at}\" y=\"{first + (i * GraphLayout.LabelLine)}\" text-anchor=\"{anchor}\">{label}</text>\n"))}");
    }

    /// <summary>A line for each shape that the box hands on; several of one shape share a line.</summary>
    private static Html[] LabelsOf(ModelNode node) =>
        [.. node.Writes.GroupBy(TensorText.ShapeAndType, StringComparer.Ordinal).Select(g => Label(g.Key, [.. g]))];

    private static Html Label(string shape, IReadOnlyList<Tensor> tensors) => Html.Of(
        $"{TextWidth.Fit(tensors.Count > 1 ? $"{tensors.Count} of {shape}" : shape, Room, SettingsSize)}<title>{string.Join(", ", tensors.Select(t => t.ToString()))}</title>");

    private static string Class(NodeKind kind) => kind switch
    {
        NodeKind.Caller => "caller",
        NodeKind.Multiplies => "multiplies",
        _ => "other",
    };
}
