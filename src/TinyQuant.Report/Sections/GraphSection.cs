using TinyQuant.Report.Graphs;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>The model as a picture.</summary>
internal static class GraphSection
{
    public static Html Write(ReportedModel model) => Html.Of($"""
        <section aria-labelledby="graph">
        <h2 id="graph">Graph</h2>
        <p>From the input at the top to the output at the bottom, with the shapes that pass between operators; the numbers are those of the layers below. The table of layers says the same in words.</p>
        <ul class="legend"><li class="multiplies"><span></span>multiplies and accumulates</li><li class="other"><span></span>other operators</li><li class="caller"><span></span>the caller's</li></ul>
        {Html.ScrollBox("The graph", "tall", GraphSvg.Write(model.Title, ModelNodes.Of(model.Graph)))}</section>

        """);
}
