using TinyQuant.Generator.Inspection;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>Where each tensor lies in the arena, and how long.</summary>
internal static class ArenaSection
{
    private static readonly (string Use, string Name)[] s_uses =
        [("activation", "tensors"), ("scratch", "kernels' scratch"), ("state", "state"),
            ("classify", "what Classify needs besides a run")];

    public static Html Write(ReportedModel model) => Html.Of($"""
        <section aria-labelledby="arena">
        <h2 id="arena">Arena</h2>
        {(model.Inspected.Buffers.IsEmpty ? Html.Of($"<p>This model needs no memory but the caller's input and output.</p>\n") : Map(model))}</section>

        """);

    private static Html Map(ReportedModel model)
    {
        InspectedModel inspected = model.Inspected;
        return Html.Of($"""
            <p>The memory of a run over its steps: a box for each tensor, as long as its bytes must not be overwritten. Boxes in one place one after another share memory; a box below another in the same step does not; a box that begins inside another is written over it by an operator that works in place. {Figures.Bytes(inspected.ArenaBytes)} for a run{(inspected.InstanceBytes > inspected.ArenaBytes ? $", {Figures.Bytes(inspected.InstanceBytes)} with Classify" : "")}.</p>
            <ul class="legend">{s_uses.Where(u => inspected.Buffers.Any(b => b.Use == u.Use)).Select(u => Html.Of($"<li class=\"{u.Use}\"><span></span>{u.Name}</li>"))}</ul>
            {Html.ScrollBox("The arena over time", "wide", ArenaMapSvg.Write(model))}<details>
            <summary>The same as a table</summary>
            {Html.ScrollBox("Buffers of the arena", "wide", Table(inspected))}</details>

            """);
    }

    private static Html Table(InspectedModel model) => Html.Of($"""
        <table>
        <caption>What lies in the arena</caption>
        <thead><tr><th scope="col">holds</th><th scope="col">use</th><th scope="col" class="number">offset</th><th scope="col" class="number">bytes</th><th scope="col">lives</th></tr></thead>
        <tbody>
        {model.Buffers.Select(b => Html.Of($"<tr><th scope=\"row\">{TensorText.Name(b.Holds)}</th><td>{b.Use}</td><td class=\"number\">{Figures.Count(b.Offset)}</td><td class=\"number\">{Figures.Count(b.Bytes)}</td><td>{ArenaMapSvg.Steps(b)}</td></tr>\n"))}</tbody>
        </table>

        """);
}
