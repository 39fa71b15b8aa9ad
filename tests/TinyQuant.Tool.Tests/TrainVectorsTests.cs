using System.Globalization;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;
using TinyQuant.Training.Tests.Data;

namespace TinyQuant.Tool.Tests;

/// <summary><c>tinyquant train own</c> on a sensor's real numbers.</summary>
public sealed class TrainVectorsTests : IDisposable
{
    private const int Samples = 12;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_csv_of_windows_becomes_a_model_of_their_shape_and_scale()
    {
        WriteWindows();
        ProcessRun run = await Cli.RunAsync(
            "train", "own", "--from", _temp["taps.csv"], "--shape", $"1x{Samples}x2", "--layers", "conv 6 1x3 bn relu; maxpool 1x2; globalpool; dense 2",
            "--name", "taps", "--epochs", "40", "--batch", "16", "--output", _temp.Path);

        Cli.AssertDone(run);
        Assert.Contains("96 training and 24 test examples of 24 values in 2 classes", run.Output, StringComparison.Ordinal);
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["taps.int8.tqm"])).Graph!;
        Assert.Equal(("input", "[1,1,12,2]"), (graph.Inputs[0].Name, graph.Inputs[0].ShapeText));
        Assert.InRange(graph.Inputs[0].Quantization!.Scales[0], 3f / 255, 8f / 255); // values from about -2 to 2
        Assert.InRange(graph.FindMetric("accuracy")!.Value, 0.9, 1);
        Assert.Contains("96 training and 24 test examples", File.ReadAllText(_temp["taps.md"]), StringComparison.Ordinal);

        Cli.AssertDone(await Cli.RunAsync("compare", _temp["taps.fp32.tqm"], _temp["taps.int8.tqm"], "--from", _temp["taps.csv"]));
        Cli.AssertRefused(await Cli.RunAsync("compare", _temp["taps.fp32.tqm"], "--from", _temp["taps.csv"], "--sheet", _temp["sheet.png"]), "expected images");
    }

    [Theory]
    [InlineData("1x12", "has 12 values", "have 24")]
    [InlineData("1x12xtwo", "'1x12xtwo'", "1x50x3")]
    public async Task A_wrong_shape_is_refused(string shape, params string[] messages)
    {
        WriteWindows();
        Cli.AssertRefused(
            await Cli.RunAsync("train", "own", "--from", _temp["taps.csv"], "--shape", shape, "--layers", "conv 4 1x3; globalpool; dense 2"), messages);
    }

    /// <summary>Two axes in turn: in one class both swing alike, in the other against each other.</summary>
    private void WriteWindows() => File.WriteAllLines(_temp["taps.csv"], Enumerable.Range(0, 120).Select(i =>
    {
        double sign = i % 2 == 0 ? 1 : -1;
        IEnumerable<double> values = Enumerable.Range(0, Samples).Select(t => (1 + (i % 7 * 0.15)) * Math.Sin((t * 0.7) + i)).SelectMany(x => new[] { x, sign * x });
        return $"{(i % 2 == 0 ? "along" : "against")},{string.Join(',', values.Select(v => v.ToString("F4", CultureInfo.InvariantCulture)))}";
    }));
}
