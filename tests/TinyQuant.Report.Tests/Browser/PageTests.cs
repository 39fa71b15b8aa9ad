using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Import;
using TinyQuant.Model;
using TinyQuant.Report.Pages;
using TinyQuant.Report.Tests.Support;
using TinyQuant.Tests;

namespace TinyQuant.Report.Tests.Browser;

/// <summary>
/// Pages as a browser shows them, on a phone and on a desk, in light and dark: of the shipped models, and of the golden
/// ones where there are any.
/// </summary>
public sealed class PageTests(BrowserWindow browser) : IClassFixture<BrowserWindow>, IDisposable
{
    private const int Phone = 380;
    private const int Desk = 1400;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Models() =>
    [
        .. Directory.EnumerateFiles(Repository.File("weights"), "*.int8.tqm")
        .Append(Repository.File("weights", "mnist-linear.fp32.tqm")).Order(
            StringComparer.Ordinal)
            .Concat(GoldenFactAttribute.ModelFiles()
            .Where(f =>
                f.Contains(
                    Path.DirectorySeparatorChar + "models" + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [BrowserTheory]
    [MemberData(nameof(Models))]
    public async Task A_page_has_no_error_and_no_missing_figure(string file)
    {
        File.WriteAllText(_temp["page.html"], ModelPage.Write(Whole(Read(Repository.File(file)))));

        Assert.Empty(await browser.InspectAsync(_temp["page.html"], Phone, Desk));
    }

    [BrowserTheory]
    [InlineData("mnist-cnn.int8")]
    [InlineData("mnist-linear.fp32")]
    public async Task What_was_not_measured_is_said(string name)
    {
        File.WriteAllText(_temp["page.html"], ModelPage.Write(Read(Repository.File("weights", name + ".tqm"))));

        Assert.Empty(await browser.InspectAsync(_temp["page.html"], Phone, Desk));
    }

    [BrowserTheory]
    [InlineData(Samples.Residual)]
    [InlineData(Samples.Hostile)]
    public async Task Names_from_a_file_do_nothing(string text)
    {
        ReportedModel model = Samples.Report(text);
        File.WriteAllText(_temp["page.html"], ModelPage.Write(Whole(model)));
        File.WriteAllText(_temp["index.html"], IndexPage.Write([(model, "page.html"), (Whole(model), "page.html")]));

        Assert.Empty(await browser.InspectAsync(_temp["page.html"], Phone, Desk));
        Assert.Empty(await browser.InspectAsync(_temp["index.html"], Phone, Desk));
    }

    [BrowserTheory]
    [InlineData("<p style='color:#888'>pale</p>", "contrast")]
    [InlineData("<p style='width:900px'>wide</p>", "wide")]
    [InlineData("<p></p>", "empty")]
    [InlineData("<p>NaN</p>", "'NaN'")]
    [InlineData("<table><caption>a</caption><tr><th scope='row'>b</th></tr><tr></tr></table>", "rows of")]
    [InlineData("<img src='missing.png'>", "asks for")]
    public async Task What_is_wrong_is_found(string markup, string problem)
    {
        File.WriteAllText(
            _temp["page.html"], $"<!DOCTYPE html><link rel=\"icon\" href=\"data:,\"><body><main>{markup}</main>");
        Assert.Contains(
            await browser.InspectAsync(_temp["page.html"], Phone), p => p.Contains(problem, StringComparison.Ordinal));
    }

    private static ReportedModel Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string text = path.EndsWith(".tqm", StringComparison.Ordinal)
            ? File.ReadAllText(path)
            : ModelWriter.Write(TfliteImporter.Import(bytes, new ImportOptions { DefaultName = "model" }).Graph!);
        return ReportedModel.Of(
            Path.GetFileName(Path.GetDirectoryName(path)) + "/" + Path.GetFileName(path), bytes, text);
    }

    /// <summary>As if all had been measured; what the figures are does not matter here.</summary>
    private static ReportedModel Whole(ReportedModel model)
    {
        int layers = model.Graph.Operators.Length;
        int classes = Math.Clamp(model.Graph.Outputs[0].ElementCount, 2, 20);
        // one class has no example
        byte[] labels = [.. Enumerable.Range(0, 400).Select(i => (byte)(i * i % (classes - 1)))];
        int[] answers = [.. labels.Select((label, i) => i % 9 == 0 ? i % classes : label)];
        return model with
        {
            Times = new MeasuredTimes(
                new LayerTimes(12345, [.. Enumerable.Range(0, layers).Select(i => i * i * 17.5)], 20, IsSettled: true),
                "AVX-VNNI", "AVX2 FMA", "a machine"),
            Twin = new TwinErrors("twin", 24, [.. Enumerable.Range(0, layers).Select(i => i % 4 == 3 ? null
                : new TwinLayer(new ValueRange(-i, i + 0.5f), i == 1 ? double.PositiveInfinity : 50 - i,
                    i % 2 == 0 ? "int4/32" : null, i % 4 == 0 ? 40 : null))]),
            Answers = new MeasuredAnswers("digits/test", new ConfusionMatrix(labels, answers, classes)),
        };
    }
}
