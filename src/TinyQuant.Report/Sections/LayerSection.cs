using TinyQuant.Generator.Inspection;
using TinyQuant.Model;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>The operators one by one, and what each has of the whole.</summary>
internal static class LayerSection
{
    public static Html Write(ReportedModel model) => Html.Of($"""
        <section aria-labelledby="layers">
        <h2 id="layers">Layers</h2>
        {Html.ScrollBox("Layers", "wide", Table(model))}{Explanation(model)}</section>

        """);

    private static Html Table(ReportedModel model)
    {
        InspectedModel whole = model.Inspected;
        Html latency = model.Times is null ? Html.None : Html.Of($"<th scope=\"col\" class=\"number\">latency</th>");
        Html sum = model.Times is { } times
            ? Html.Of($"<td class=\"number\">{Figures.Time(times.Layers.Sum)}</td>")
            : Html.None;
        return Html.Of($"""
            <table>
            <caption>Each operator, and its share of the whole</caption>
            <thead><tr><th scope="col" class="number">step</th><th scope="col">operator</th><th scope="col">writes</th><th scope="col" class="number">MACs</th><th scope="col" class="number">baked bytes</th><th scope="col" class="number">arena in use</th>{latency}</tr></thead>
            <tbody>
            {whole.Operators.Select(o => Row(model, o))}</tbody>
            <tfoot><tr><th scope="row" colspan="3">all of it</th><td class="number">{Figures.Count(whole.Macs)}</td><td class="number">{Figures.Count(whole.BakedBytes)}</td><td class="number">{Figures.Count(whole.ArenaBytes)}</td>{sum}</tr></tfoot>
            </table>

            """);
    }

    private static Html Row(ReportedModel model, InspectedOperator inspected)
    {
        Operator op = model.Graph.Operators[inspected.Index];
        string settings = OperatorText.Settings(op);
        Html latency = model.Times is not { } times ? Html.None
            : inspected.IsNothing ? Html.Of($"<td>{Html.Missing("same memory")}</td>")
            : Cell(Figures.Time(times.Layers.Layers[inspected.Index]),
                Figures.Share(times.Layers.Layers[inspected.Index], times.Layers.Sum));
        return Html.Of($"""
            <tr><td class="number">{inspected.Index}</td><th scope="row">{op.Kind}{(settings.Length > 0 ? Html.Of($" <span class=\"settings\">{settings}</span>") : Html.None)}</th><td>{op.Outputs.Select((t, i) => Html.Of($"{(i > 0 ? Html.Of($"<br>") : Html.None)}{TensorText.Cell(t)}"))}</td>{Cell(Figures.Count(inspected.Macs), Figures.Share(inspected.Macs, model.Inspected.Macs))}{Cell(Figures.Count(inspected.BakedBytes), Figures.Share(inspected.BakedBytes, model.Inspected.BakedBytes))}{Cell(Figures.Count(inspected.LiveBytes), Figures.Share(inspected.LiveBytes, model.Inspected.ArenaBytes))}{latency}</tr>

            """);
    }

    private static Html Cell(string value, double share) => Html.Of(
        $"<td class=\"number\">{value} <span class=\"share\">{Figures.Percent(share / 100)}</span><span "
            + $"class=\"bar\"><span style=\"width:{Math.Min(100, share)}%\"></span></span></td>");

    private static Html Explanation(ReportedModel model)
    {
        Html arena = Html.Of(
            $"<p class=\"quiet\">Arena in use: bytes that may not be overwritten while the operator runs, of "
                + $"{Figures.Bytes(model.Inspected.ArenaBytes)}; the caller's input and output are not among "
                + $"them. Baked bytes: weights as the kernels read them, and the constants of rounding.</p>\n");
        if (model.Times is not { } times)
        {
            return Html.Of($"{arena}<p class=\"quiet\">Latency was not measured (<code>--seconds 0</code>).</p>\n");
        }

        return Html.Of($"""
            {arena}<p class="quiet">Latency is of this machine ({times.Machine}; int8 unit {times.Int8Unit}, float32 unit {times.Float32Unit}), one thread, under the JIT, each figure the best of all rounds. The clock is read after every call of the model's own generated code, with its memory plan and in its order; the {Figures.Time(times.Layers.ClockCost)} that this takes are subtracted, and differences of a few nanoseconds mean nothing. The operators together take {Figures.Time(times.Layers.Sum)}; a run of the whole model without a clock in it takes {Figures.Time(times.Layers.Whole)}, with its checks of lengths.</p>

            """);
    }
}
