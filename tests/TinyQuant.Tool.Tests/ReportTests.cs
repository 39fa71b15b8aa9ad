using TinyQuant.Tests;
using TinyQuant.Tool.Commands;
using TinyQuant.Tool.Tests.Support;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant report</c>.</summary>
[Collection(TrainedCollection.Name)]
public sealed class ReportTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly Trained _trained;

    public ReportTests(Trained trained) => _trained = trained;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_page_has_what_was_asked_for()
    {
        ProcessRun run = await Cli.RunAsync(
            "report", Model("int8"), "--html", _temp["new/page.html"], "--seconds", "0.05", "--twin", Model("fp32"),
            "--data-set", "strokes");

        Cli.AssertDone(run);
        Assert.Equal(["new/page.html"], _temp.Files());
        string page = File.ReadAllText(_temp["new/page.html"]);
        Assert.All(["<h1>strokes-linear</h1>", "strokes/test: 2,000 examples", "strokes-linear.fp32.tqm, on 200 inputs",
            "int8 unit", "measured for this page"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Not measured", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_models_have_a_page_each_and_one_that_leads_to_them()
    {
        ProcessRun run = await Cli.RunAsync(
            "report", Model("int8"), Model("fp32"), "--html", _temp["r.html"], "--seconds", "0");

        Cli.AssertDone(run);
        Assert.Equal(["r.html", "r.strokes-linear.fp32.html", "r.strokes-linear.int8.html"], _temp.Files());
        Assert.Contains(
            "href=\"r.strokes-linear.fp32.html\"", File.ReadAllText(_temp["r.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_of_a_twin_can_be_a_file_and_a_model_that_is_wrong_leaves_nothing()
    {
        File.WriteAllBytes(_temp["in.bin"], new byte[3 * 784]);
        File.WriteAllText(_temp["bad.tqm"], "tinyquant-model 1\nname x\ntensor image int7 [1,4]\n");
        Cli.AssertDone(
            await Cli.RunAsync("report", Model("int8"), "--html", _temp["p.html"], "--seconds", "0", "--twin",
                Model("fp32"), "--input", _temp["in.bin"]));
        Assert.Contains("on 3 inputs", File.ReadAllText(_temp["p.html"]), StringComparison.Ordinal);

        Cli.AssertRefused(await Cli.RunAsync("report", Model("int8"), _temp["bad.tqm"], "--html", _temp["q.html"]),
            _temp["bad.tqm"] + "(3,");
        Cli.AssertRefused(
            await Cli.RunAsync("report", Model("int8"), "--html", _temp["q.html"], "--twin", Model("int8"), "--input",
                _temp["in.bin"]), "expected a float32 model");
        Assert.Equal(["bad.tqm", "in.bin", "p.html"], _temp.Files());
    }

    [Fact]
    public async Task Ctrl_C_leaves_no_page()
    {
        bool signalled = false;
        ProcessRun run = await Cli.RunAsync(
            (process, line) =>
            {
                if (!signalled && line.Contains("latency", StringComparison.Ordinal))
                {
                    signalled = true;
                    Signals.Interrupt(process);
                }
            },
            "report", Model("int8"), "--html", _temp["p.html"], "--seconds", "60");

        Assert.True(signalled);
        Assert.True(run.ExitCode == 130, $"exit code {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Contains("interrupted", run.Error, StringComparison.Ordinal);
        Assert.Empty(_temp.Files());
    }

    [Theory]
    [InlineData("--twin takes inputs", "--twin", "x.tqm")]
    [InlineData("--input goes with --twin", "--input", "x.bin")]
    [InlineData("'-1'", "--seconds", "-1")]
    [InlineData("'NaN'", "--seconds", "NaN")]
    [InlineData("'x'", "--seconds", "x")]
    [InlineData("is a directory", "--html", "/")]
    public async Task Options_that_do_not_fit_are_refused(string message, string option, string value) =>
        Cli.AssertRefused(await Cli.RunAsync("report", Model("int8"), option, value), message);

    [Theory]
    [InlineData("kws.tqm vww.tqm", "kws vww")]
    [InlineData("a/model.tflite b/model.tflite c.tqm", "a-model b-model c")]
    [InlineData("x/a/model.tflite y/a/model.tflite", "x-a-model y-a-model")]
    [InlineData("a.tqm a.tflite", "a.tqm a.tflite")]
    public void Pages_are_called_after_their_files(string paths, string names) =>
        Assert.Equal(names.Split(' '), PageNames.Of(paths.Split(' ')));

    [Fact]
    public void A_model_that_is_named_twice_is_refused() =>
        Assert.Contains("named twice",
            Assert.Throws<ArgumentException>(() => PageNames.Of(["a.tqm", "b/../a.tqm"])).Message,
            StringComparison.Ordinal);

    private string Model(string kind) => Path.Combine(_trained.Directory, $"strokes-linear.{kind}.tqm");
}
