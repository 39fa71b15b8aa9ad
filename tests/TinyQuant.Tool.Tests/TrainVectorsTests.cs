using System.Globalization;
using TinyQuant.Model;
using TinyQuant.Tests;
using TinyQuant.Tool.Tests.Support;

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
            "train", "own", "--from", _temp["taps.csv"], "--shape", $"1x{Samples}x2", "--layers",
            "conv 6 1x3 bn relu; maxpool 1x2; globalpool; dense 2",
            "--name", "taps", "--epochs", "40", "--batch", "16", "--output", _temp.Path);

        Cli.AssertDone(run);
        Assert.Contains(
            "96 training and 24 test examples of 24 values in 2 classes", run.Output, StringComparison.Ordinal);
        Graph graph = ModelReader.Read(File.ReadAllText(_temp["taps.int8.tqm"])).Graph!;
        Assert.Equal(("input", "[1,1,12,2]"), (graph.Inputs[0].Name, graph.Inputs[0].ShapeText));
        Assert.InRange(graph.Inputs[0].Quantization!.Scales[0], 3f / 255, 8f / 255); // values from about -2 to 2
        Assert.InRange(graph.FindMetric("accuracy")!.Value, 0.9, 1);
        Assert.Contains(
            "96 training and 24 test examples", File.ReadAllText(_temp["taps.md"]), StringComparison.Ordinal);

        Cli.AssertDone(
            await Cli.RunAsync("compare", _temp["taps.fp32.tqm"], _temp["taps.int8.tqm"], "--from", _temp["taps.csv"]));
        Cli.AssertRefused(
            await Cli.RunAsync("compare", _temp["taps.fp32.tqm"], "--from", _temp["taps.csv"], "--sheet",
                _temp["sheet.png"]), "expected images");
    }

    [Fact]
    public async Task Defaults_learn_a_small_table_and_what_is_wrong_is_said()
    {
        WriteWindows();
        string[] command = [
            "train", "own", "--from", _temp["taps.csv"], "--layers", "dense 8 relu; dense 2", "--output", _temp.Path];
        ProcessRun run = await Cli.RunAsync(command);
        Cli.AssertDone(run);
        Assert.DoesNotContain("guessing", run.Output, StringComparison.Ordinal);
        Assert.InRange(
            ModelReader.Read(File.ReadAllText(_temp["own.int8.tqm"])).Graph!.FindMetric("accuracy")!.Value, 0.9, 1);

        ProcessRun short1 = await Cli.RunAsync([
            .. command, "--epochs", "1", "--batch", "96", "--learning-rate", "0.000001"]);
        Cli.AssertDone(short1);
        Assert.Contains("epoch   1: loss", short1.Output, StringComparison.Ordinal);

        Cli.AssertRefused(
            await Cli.RunAsync([.. command, "--balance", "--learning-rate", "9", "--epochs", "0"]), "--epochs");
        Cli.AssertRefused(await Cli.RunAsync("train", "mnist-linear", "--balance"),
            "--balance does not go with the recipe 'mnist-linear'");
    }

    [Fact]
    public async Task One_class_and_values_that_overflow_are_refused_by_reason()
    {
        File.WriteAllLines(_temp["one.csv"], Enumerable.Range(0, 20).Select(i => $"a,{i}.5,{i}"));
        Cli.AssertRefused(
            await Cli.RunAsync("train", "own", "--from", _temp["one.csv"], "--layers", "dense 1", "--output",
                _temp.Path), "one class");
        File.WriteAllLines(
            _temp["huge.csv"], Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "a" : "b")},{i}.5e37,-1e38"));
        Cli.AssertRefused(
            await Cli.RunAsync("train", "own", "--from", _temp["huge.csv"], "--layers", "dense 4 relu; dense 2",
                "--output", _temp.Path),
            "training diverged: at step 1 of ", "layer 'dense", "Try a smaller learning rate");
    }

    [Theory]
    [InlineData("1x12", "has 12 values", "have 24")]
    [InlineData("1x12xtwo", "'1x12xtwo'", "1x50x3")]
    public async Task A_wrong_shape_is_refused(string shape, params string[] messages)
    {
        WriteWindows();
        Cli.AssertRefused(
            await Cli.RunAsync("train", "own", "--from", _temp["taps.csv"], "--shape", shape, "--layers",
                "conv 4 1x3; globalpool; dense 2"), messages);
    }

    /// <summary>Two axes in turn: in one class both swing alike, in the other against each other.</summary>
    private void WriteWindows() => File.WriteAllLines(_temp["taps.csv"], Enumerable.Range(0, 120).Select(i =>
    {
        double sign = i % 2 == 0 ? 1 : -1;
        IEnumerable<double> values = Enumerable.Range(0, Samples)
            .Select(t => (1 + (i % 7 * 0.15)) * Math.Sin((t * 0.7) + i)).SelectMany(x => new[] { x, sign * x });
        return $"{(i % 2 == 0 ? "along" : "against")},{string.Join(',', values.Select(v => v.ToString("F4", CultureInfo.InvariantCulture)))}";
    }));
}
