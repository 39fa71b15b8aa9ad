using System.Text.Json;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;
using TinyQuant.Training.Export;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant quantize</c>.</summary>
[Collection(TrainedCollection.Name)]
public sealed class QuantizeTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _model;
    private Tensor? _broken;

    public QuantizeTests(Trained trained) => _model = Path.Combine(trained.Directory, "strokes-linear.fp32.tqm");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Shows_layers_and_methods_and_writes_the_model_and_JSON()
    {
        ProcessRun run = await Cli.RunAsync(
            "quantize", _model, "--data-set", "strokes", "--method", "mse", "--bits", "4", "--group", "32",
            "--bias-correction", "--equalize",
            "--images", "100", "-o", _temp["m.int4.tqm"], "--json", _temp["m.json"]);

        Cli.AssertDone(run);
        Assert.All(["output, dB", "int4/32", "ranges by minmax", "ranges by percentile", "ranges by mse *",
            "ranges by entropy", "points lost"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["m.int4.tqm"])).Graph!;
        Assert.Equal(TensorType.Int4, graph.Operators[0].Inputs[1].Type);
        Assert.Equal(("strokes/test", 2000), (graph.Metrics[0].DataSet, graph.Metrics[0].Count));
        JsonElement root = JsonDocument.Parse(File.ReadAllText(_temp["m.json"])).RootElement;
        Assert.Equal(graph.Metrics[0].Value, root.GetProperty("accuracy").GetDouble());
        Assert.InRange(
            root.GetProperty("accuracy").GetDouble(), root.GetProperty("fp32Accuracy").GetDouble() - 0.05, 1);
        Assert.Equal(["minmax", "percentile", "mse", "entropy"],
            root.GetProperty("methods").EnumerateArray().Select(m => m.GetProperty("method").GetString()));
        Assert.InRange(root.GetProperty("layers")[0].GetProperty("weightDecibels").GetDouble(), 10, 40);
    }

    [Fact]
    public async Task Trains_on_or_searches()
    {
        Cli.AssertDone(
            await Cli.RunAsync("quantize", _model, "--data-set", "strokes", "--images", "50", "--bits", "4", "--qat",
                "1", "-o", _temp["qat.tqm"]));
        Assert.Contains(
            "quantization-aware training, 1 epochs", File.ReadAllText(_temp["qat.tqm"]), StringComparison.Ordinal);

        Cli.AssertDone(
            await Cli.RunAsync("quantize", _model, "--data-set", "strokes", "--images", "50", "--search", "--max-loss",
                "100", "-o", _temp["found.tqm"], "--json", _temp["found.json"]));
        JsonElement search = JsonDocument.Parse(File.ReadAllText(_temp["found.json"])).RootElement.GetProperty(
            "search");
        Assert.Equal(
            (1, true), (search.GetProperty("maxLoss").GetDouble(), search.GetProperty("isWithinBudget").GetBoolean()));
        // what chose does not measure
        Metric measured = ModelReader.Read(File.ReadAllText(_temp["found.tqm"])).Graph!.Metrics[0];
        Assert.Equal(("strokes/test-untouched", 1000), (measured.DataSet, measured.Count));
        Assert.Contains(
            "weights chosen layer by layer", File.ReadAllText(_temp["found.tqm"]), StringComparison.Ordinal);
        Assert.Contains("tensor dense.weights int4", File.ReadAllText(_temp["found.tqm"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_no_numbers_are_named_with_their_file()
    {
        byte[] nan = BitConverter.GetBytes(float.NaN);
        Graph graph = ModelReader.Read(File.ReadAllText(_model)).Graph!;
        Tensor weights = graph.Operators[0].Inputs[1];
        string text = ModelWriter.Write(graph with
        {
            Tensors = [.. graph.Tensors.Select(t => t == weights ? Broken() : t)],
            Operators = [
                new FullyConnected(
                    [graph.Inputs[0], Broken(), graph.Operators[0].Inputs[2]], graph.Outputs[0], Activation.None)],
        });
        File.WriteAllText(_temp["broken.tqm"], text);
        foreach (string[] option in new[] { Array.Empty<string>(), ["--dynamic"], ["--float16"] })
        {
            Cli.AssertRefused(await Cli.RunAsync(["quantize", _temp["broken.tqm"], "--data-set", "strokes", .. option]),
                "broken.tqm", "'dense.weights' holds NaN at 5");
        }

        Tensor Broken() =>
            _broken ??= new Tensor(weights.Name, weights.Type, weights.Shape,
                data: weights.Data!.Value.RemoveRange(20, 4).InsertRange(20, nan));
    }

    [Fact]
    public async Task Where_much_is_lost_the_cheap_remedies_are_tried_and_named()
    {
        // Two layers that undo each other: in the first, channels are 300 times as large as others, which one scale
        // cannot hold.
        WriteLopsided();
        string[] command = ["quantize", _temp["lopsided.tqm"], "--from", _temp["points.csv"], "--per-tensor"];
        ProcessRun run = await Cli.RunAsync([.. command, "-o", _temp["helped.tqm"], "--json", _temp["helped.json"]]);
        Cli.AssertDone(run);
        Assert.Contains("int8 per tensor, as asked for", run.Output, StringComparison.Ordinal);
        Assert.Contains("; with --equalize", OnOneLine(run.Output), StringComparison.Ordinal);
        Assert.Contains("--plain keeps to what is asked for.", OnOneLine(run.Output), StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(File.ReadAllText(_temp["helped.json"])).RootElement;
        Assert.StartsWith(
            "--equalize", root.GetProperty("remedies").GetProperty("options").GetString(), StringComparison.Ordinal);
        Assert.True(root.GetProperty("equalize").GetBoolean());
        double plain = root.GetProperty("remedies").GetProperty("plainAccuracy").GetDouble(),
            helped = root.GetProperty("accuracy").GetDouble();
        Assert.True(helped > plain + 0.1, $"{plain} to {helped}");
        Assert.Contains("cross-layer equalization", File.ReadAllText(_temp["helped.tqm"]), StringComparison.Ordinal);

        ProcessRun kept = await Cli.RunAsync([.. command, "--plain", "-o", _temp["plain.tqm"]]);
        Cli.AssertDone(kept);
        Assert.DoesNotContain(
            "cross-layer equalization", File.ReadAllText(_temp["plain.tqm"]), StringComparison.Ordinal);
        Assert.Equal(plain, ModelReader.Read(File.ReadAllText(_temp["plain.tqm"])).Graph!.Metrics[0].Value);
        Assert.Contains("To lose less: --qat 4", OnOneLine(kept.Output), StringComparison.Ordinal);
    }

    /// <summary>Without the breaks of long lines.</summary>
    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// The sign of each of two numbers makes four classes; the first layer's second channel is tiny, and the second
    /// layer's weights for it large.
    /// </summary>
    private void WriteLopsided()
    {
        static double At(int side, int place) => (side % 2 == 0 ? -1 : 1) * (0.3 + (place % 100 / 100.0));
        string[] points = [.. Enumerable.Range(0, 400).Select(i => FormattableString.Invariant(
            $"{i % 4},{At(i, i * 37):F3},{At(i / 2, i * 53):F3}"))];
        File.WriteAllLines(_temp["points.csv"], points);
        var builder = new GraphBuilder();
        Tensor input = builder.Activation("input", [1, 2]), hidden = builder.Activation("hidden", [1, 4]),
            scores = builder.Activation("scores", [1, 4]);
        Tensor first = builder.Constant("a.weights", [4, 2], [300, 0, -300, 0, 0, 1, 0, -1]),
            firstBias = builder.Constant("a.bias", [4], [0, 0, 0, 0]);
        builder.Add(new FullyConnected([input, first, firstBias], hidden, Activation.Relu));
        float[] second = [0, 1 / 300f, 0, 1, 1 / 300f, 0, 0, 1, 0, 1 / 300f, 1, 0, 1 / 300f, 0, 1, 0];
        builder.Add(new FullyConnected(
            [hidden, builder.Constant("b.weights", [4, 4], second), builder.Constant("b.bias", [4], [0, 0, 0, 0])],
            scores, Activation.None));
        File.WriteAllText(_temp["lopsided.tqm"],
            ModelWriter.Write(builder.Build(input, scores) with { Name = "lopsided", Labels = ["0", "1", "2", "3"] }));
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
        await Cli.RunAsync("quantize", _model.Replace(".fp32.", ".int8.", StringComparison.Ordinal), "--data-set",
            "strokes"), "is not float32");
}
