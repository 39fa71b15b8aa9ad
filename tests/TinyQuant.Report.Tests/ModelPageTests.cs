using Snapshooter.Xunit;
using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Report.Pages;
using TinyQuant.Report.Tests.Support;

namespace TinyQuant.Report.Tests;

/// <summary>The text of a page.</summary>
public class ModelPageTests
{
    [Fact]
    public void A_page_without_measurements() =>
        Snapshot.Match(Body(ModelPage.Write(Samples.Report(Samples.Residual))), "Page_plain");

    [Fact]
    public void A_page_with_everything()
    {
        ReportedModel model = Samples.Report(Samples.Residual);
        var layer = new TwinLayer(new ValueRange(-1.5f, 2), 30.25, null, null);
        model = model with
        {
            Times = new MeasuredTimes(
                new LayerTimes(1234, [100, 200, 300, 0, 0, 5e6], 20, IsSettled: true), "AVX2", "AVX2 FMA", "a machine"),
            Twin = new TwinErrors("twin", 24,
                [layer with { Weights = "int8", WeightDecibels = 40 }, layer with { Weights = "int4/32" }, layer, null,
                    null, layer with { Decibels = double.PositiveInfinity }]),
            Answers = new MeasuredAnswers("digits/test", new ConfusionMatrix([0, 0, 1, 2], [0, 1, 1, 2], 4)),
        };
        Snapshot.Match(Body(ModelPage.Write(model)), "Page_whole");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Times_from_before_the_jit_settled_are_marked(bool isSettled)
    {
        ReportedModel model = Samples.Report(Samples.Residual);
        model = model with
        {
            Times = new MeasuredTimes(
            new LayerTimes(1234, [.. model.Graph.Operators.Select(_ => 1.0)], 20, isSettled), "AVX2", "AVX2 FMA",
            "a machine")
        };

        Assert.All([ModelPage.Write(model), IndexPage.Write([(model, "a.html")])],
            page => Assert.Equal(!isSettled, page.Contains("before the JIT had optimised", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_index_leads_to_the_pages()
    {
        ReportedModel model = Samples.Report(Samples.Residual);
        Snapshot.Match(
            Body(IndexPage.Write([(model, "report.a b.html"), (Samples.Report(Samples.Hostile), "report.c.html")])),
            "Index");
    }

    [Fact]
    public void Names_from_a_file_are_text()
    {
        string page = ModelPage.Write(Samples.Report(Samples.Hostile, "<a>/\"m.tqm"));

        Assert.All(["<script", "<i>auc", "<b>", "<u>", "<img", "<a>", "\" onload=\"", "\0", "\u001b"],
            markup => Assert.DoesNotContain(markup, page, StringComparison.Ordinal));
        Assert.Contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Contains(@"y\u0000\u001b&amp;amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_asks_no_one_for_anything() => Assert.All(["http:", "https:", "src=", "@import", "<script"],
        external =>
            Assert.DoesNotContain(
                external, ModelPage.Write(Samples.Report(Samples.Residual)), StringComparison.Ordinal));

    [Fact]
    public void A_model_without_a_name_is_called_by_its_file() => Assert.Contains(
        "<h1>kws/model</h1>",
        ModelPage.Write(
            Samples.Report(Samples.Residual.Replace("name residual\n", "", StringComparison.Ordinal),
                "kws/model.tflite")), StringComparison.Ordinal);

    [Fact]
    public void What_the_generator_cannot_take_is_told() => Assert.Contains(
        "m.tqm(",
        Assert.Throws<InvalidDataException>(() =>
            Samples.Report("tinyquant-model 1\nname x\ntensor a int7 [1]\n", "m.tqm")).Message,
            StringComparison.Ordinal);

    /// <summary>Without the style sheet, which is a file of its own.</summary>
    private static string Body(string page) =>
        page[page.IndexOf("<main>", StringComparison.Ordinal)..].Replace("\r\n", "\n", StringComparison.Ordinal);
}
