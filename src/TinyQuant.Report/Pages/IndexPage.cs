using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Pages;

/// <summary>A page that leads to those of several models, with their figures side by side.</summary>
public static class IndexPage
{
    /// <summary>The whole page.</summary>
    /// <param name="models">Each model, and the page's file, beside this one.</param>
    public static string Write(IReadOnlyList<(ReportedModel Model, string File)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        Html table = Html.Of($"""
            <table>
            <caption>The models side by side</caption>
            <thead><tr><th scope="col">model</th><th scope="col">file</th><th scope="col" class="number">MACs</th><th scope="col" class="number">weights and biases</th><th scope="col" class="number">baked</th><th scope="col" class="number">arena</th><th scope="col" class="number">memory in all</th><th scope="col" class="number">accuracy</th><th scope="col" class="number">latency</th></tr></thead>
            <tbody>
            {models.Select(m => Row(m.Model, m.File))}</tbody>
            </table>

            """);
        return PageFrame.Write("TinyQuant report", Html.Of($"""
            <header>
            <h1>TinyQuant report</h1>
            <p class="quiet">{Figures.Count(models.Count, "model")}; each has a page of its own.</p>
            </header>
            <section>
            {Html.ScrollBox("The models side by side", "wide", table)}</section>

            """));
    }

    private static Html Row(ReportedModel model, string file) => Html.Of($"""
        <tr><th scope="row"><a href="{Uri.EscapeDataString(file)}">{model.Title}</a></th><td class="name">{model.File}</td><td class="number">{Figures.Count(model.Inspected.Macs)}</td><td class="number">{Figures.Bytes(model.Inspected.WeightBytes)}</td><td class="number">{Figures.Bytes(model.Inspected.BakedBytes)}</td><td class="number">{Figures.Bytes(model.Inspected.ArenaBytes)}</td><td class="number">{Figures.Bytes(model.Inspected.ArenaBytes + model.CallerBytes)}</td><td class="number">{Accuracy(model)}</td><td class="number">{(model.Times is { } times ? Html.Of($"{Figures.Time(times.Layers.Whole)}{(times.Layers.IsSettled ? Html.None : Html.Of($" <span title=\"measured before the JIT had optimised all of it\">*</span>"))}") : Html.Missing("not measured"))}</td></tr>

        """);

    private static Html Accuracy(ReportedModel model) =>
        (model.Answers?.Confusion.Accuracy ?? model.Graph.FindMetric("accuracy")?.Value) is { } accuracy
        ? Html.Of($"{Figures.Percent(accuracy, 2)}")
        : Html.Missing("not measured");
}
