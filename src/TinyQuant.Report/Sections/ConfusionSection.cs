using TinyQuant.Data;
using TinyQuant.Report.Markup;

namespace TinyQuant.Report.Sections;

/// <summary>Which class was given which answer.</summary>
internal static class ConfusionSection
{
    private const int Shades = 5;

    public static Html Write(ReportedModel model) => Html.Of($"""
        <section aria-labelledby="confusion">
        <h2 id="confusion">Confusion matrix</h2>
        {(model.Answers is { } answers ? Table(model, answers) : Html.Of($"<p>Not measured: it takes labelled data (<code>--data</code>) and a model that gives a class.</p>\n"))}</section>

        """);

    private static Html Table(ReportedModel model, MeasuredAnswers answers)
    {
        ConfusionMatrix confusion = answers.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        string Name(int c) => c < model.Graph.Labels.Length ? model.Graph.Labels[c] : Figures.Count(c);
        int most = classes.Max(label => classes.Max(answer => confusion[label, answer]));
        Html table = Html.Of($"""
            <table class="confusion">
            <caption>{answers.DataSet}: {Figures.Count(confusion.Total, "example")}, {Figures.Percent(confusion.Accuracy, 2)} right</caption>
            <thead><tr><th scope="col">class</th>{classes.Select(c => Html.Of($"<th scope=\"col\" class=\"number\">{Name(c)}</th>"))}<th scope="col" class="number">right</th></tr></thead>
            <tbody>
            {classes.Select(label => Html.Of($"<tr><th scope=\"row\">{Name(label)}</th>{classes.Select(answer => Cell(confusion[label, answer], most))}<td class=\"number\">{Right(confusion, label)}</td></tr>\n"))}</tbody>
            </table>

            """);
        return Html.Of($"""
            {Html.ScrollBox("Confusion matrix", "wide", table)}<p class="quiet">A row for each class, a column for each answer; the darker, the more often, in steps of the logarithm, so that a single mistake shows.</p>

            """);
    }

    private static Html Cell(int count, int most) =>
        Html.Of($"<td class=\"number shade{Shade(count, most)}\">{Figures.Count(count)}</td>");

    private static int Shade(int count, int most) =>
        count == 0 ? 0 : 1 + (int)((Shades - 1) * Math.Log(count) / Math.Log(Math.Max(2, most)));

    private static Html Right(ConfusionMatrix confusion, int label) => confusion.Count(label) == 0
        ? Html.Missing("no example")
        : Html.Of($"{Figures.Percent(confusion.AccuracyOf(label), 2)}");
}
