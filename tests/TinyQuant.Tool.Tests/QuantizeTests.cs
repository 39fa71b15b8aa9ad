using System.Text.Json;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;
using TinyQuant.Training.Tests.Data;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant quantize</c>.</summary>
[Collection(TrainedCollection.Name)]
public sealed class QuantizeTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _model;

    public QuantizeTests(Trained trained) => _model = Path.Combine(trained.Directory, "strokes-linear.fp32.tqm");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Shows_layers_and_methods_and_writes_the_model_and_JSON()
    {
        ProcessRun run = await Cli.RunAsync(
            "quantize", _model, "--data-set", "strokes", "--method", "mse", "--bits", "4", "--group", "32", "--bias-correction", "--equalize",
            "--images", "100", "-o", _temp["m.int4.tqm"], "--json", _temp["m.json"]);

        Cli.AssertDone(run);
        Assert.All(["output, dB", "int4/32", "ranges by minmax", "ranges by percentile", "ranges by mse *", "ranges by entropy", "points lost"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["m.int4.tqm"])).Graph!;
        Assert.Equal(TensorType.Int4, graph.Operators[0].Inputs[1].Type);
        Assert.Equal(("strokes/test", 2000), (graph.Metrics[0].DataSet, graph.Metrics[0].Count));
        JsonElement root = JsonDocument.Parse(File.ReadAllText(_temp["m.json"])).RootElement;
        Assert.Equal(graph.Metrics[0].Value, root.GetProperty("accuracy").GetDouble());
        Assert.InRange(root.GetProperty("accuracy").GetDouble(), root.GetProperty("fp32Accuracy").GetDouble() - 0.05, 1);
        Assert.Equal(["minmax", "percentile", "mse", "entropy"], root.GetProperty("methods").EnumerateArray().Select(m => m.GetProperty("method").GetString()));
        Assert.InRange(root.GetProperty("layers")[0].GetProperty("weightDecibels").GetDouble(), 10, 40);
    }

    [Fact]
    public async Task Trains_on_or_searches()
    {
        Cli.AssertDone(await Cli.RunAsync("quantize", _model, "--data-set", "strokes", "--images", "50", "--bits", "4", "--qat", "1", "-o", _temp["qat.tqm"]));
        Assert.Contains("quantization-aware training, 1 epochs", File.ReadAllText(_temp["qat.tqm"]), StringComparison.Ordinal);

        Cli.AssertDone(await Cli.RunAsync("quantize", _model, "--data-set", "strokes", "--images", "50", "--search", "--max-loss", "100", "-o", _temp["found.tqm"], "--json", _temp["found.json"]));
        JsonElement search = JsonDocument.Parse(File.ReadAllText(_temp["found.json"])).RootElement.GetProperty("search");
        Assert.Equal((1, true), (search.GetProperty("maxLoss").GetDouble(), search.GetProperty("isWithinBudget").GetBoolean()));
        Assert.Contains("weights chosen layer by layer", File.ReadAllText(_temp["found.tqm"]), StringComparison.Ordinal);
        Assert.Contains("tensor dense.weights int4", File.ReadAllText(_temp["found.tqm"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dynamic", "tensor dense.weights int8", "7,880")]
    [InlineData("--float16", "tensor dense.weights float16", "15,700")]
    public async Task Other_forms_need_no_calibration(string option, string statement, string bytes)
    {
        ProcessRun run = await Cli.RunAsync("quantize", _model, "--data-set", "strokes", option, "-o", _temp["m.tqm"]);
        Cli.AssertDone(run);
        Assert.Contains(statement, File.ReadAllText(_temp["m.tqm"]), StringComparison.Ordinal);
        Assert.Contains("metric accuracy", File.ReadAllText(_temp["m.tqm"]), StringComparison.Ordinal);
        Assert.Contains(bytes, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--group", "32", "--group goes with --bits 4")]
    [InlineData("--bits", "3", "'3'")]
    [InlineData("--method", "best", "'best'")]
    [InlineData("--images", "0", "'0' is not possible for --images")]
    [InlineData("--qat", "x", "'x' is not possible for --qat")]
    public async Task Wrong_options_are_refused(string option, string value, string message) =>
        Cli.AssertRefused(await Cli.RunAsync("quantize", _model, option, value), message);

    [Fact]
    public async Task A_model_that_is_quantized_already_is_refused() => Cli.AssertRefused(
        await Cli.RunAsync("quantize", _model.Replace(".fp32.", ".int8.", StringComparison.Ordinal), "--data-set", "strokes"), "is not float32");
}
