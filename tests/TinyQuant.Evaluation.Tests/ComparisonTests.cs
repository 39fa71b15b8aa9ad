using System.Runtime.InteropServices;
using TinyQuant.Data;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;
using TinyQuant.Training.Recipes;

namespace TinyQuant.Evaluation.Tests;

/// <summary>What trains, compares and looks inside, on a few procedural digits.</summary>
public sealed class ComparisonTests
{
    private static readonly DataSet s_data = StrokeDigits.Create(new StrokeOptions(TrainCount: 300, TestCount: 50));

    private static readonly Lazy<TrainedModels> s_models = new(() => LinearRecipe.Run(
        s_data, new LinearOptions { Epochs = 2, CalibrationImages = 20 }, g => ModelAccuracy.Measure(g, s_data.Test),
        g => new GraphRunner(g)));

    [Theory]
    [InlineData(50)]
    [InlineData(7)]
    public void A_comparison_has_accuracies_sizes_and_times(int images)
    {
        TrainedModels models = s_models.Value;
        LabelledImages test = s_data.TestImages.Take(images);
        List<double> progress = [];

        IReadOnlyList<ComparisonRow> rows = Comparison.Run(
            [("fp32", models.Float), ("dynamic", models.Dynamic), ("int8", models.Static)], test,
            new Recorder(progress));

        Assert.Equal(["fp32", "dynamic", "int8"], rows.Select(r => r.Kind));
        Assert.Equal([31_400L, 7_880, 7_880], rows.Select(r => r.WeightBytes));
        Assert.Equal(rows.Select(r => ModelAccuracy.Measure(r.Graph, test)), rows.Select(r => r.Accuracy));
        Assert.All(rows, r =>
        {
            Assert.True(r.BakedBytes >= r.WeightBytes && r.ArenaBytes > 0);
            const double Hour = 3600e9;
            Assert.All(
                [r.Latency.Image, r.Latency.Batch, r.Latency.TestSet], t => Assert.InRange(t, double.Epsilon, Hour));
        });
        Assert.Equal(progress.Order(), progress);
        Assert.Equal(1, progress[^1]);
    }

    [Fact]
    public void A_comparison_can_be_ended() => Assert.ThrowsAny<OperationCanceledException>(() => Comparison.Run(
        [("fp32", s_models.Value.Float)], s_data.Test, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void A_recorded_accuracy_is_the_measured_one()
    {
        TrainedModels models = s_models.Value;
        Assert.All([models.Float, models.Dynamic, models.Static],
            g => Assert.Equal(g.FindMetric("accuracy")!.Value, ModelAccuracy.Measure(g, s_data.Test)));
    }

    [Fact]
    public void Models_that_take_no_such_pictures_are_told()
    {
        var maker = new GraphMaker(1);
        Graph small = maker.Build(maker.Int8(maker.Int8Input(1, 4), 10));
        Assert.Contains("784",
            Assert.Throws<ArgumentException>(() => ModelAccuracy.Measure(small, s_data.Test)).Message,
            StringComparison.Ordinal);

        var other = new GraphMaker(2);
        Tensor input = other.Int8Input(1, 784);
        Graph two = other.Build(other.Int8(input, 3), other.Int8(input, 10));
        Assert.Contains("no class",
            Assert.Throws<ArgumentException>(() => ModelAccuracy.Measure(two, s_data.Test)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_no_pixel_is_quantized()
    {
        var maker = new GraphMaker(3);
        Graph graph = maker.Build(maker.Int8(maker.Int8Input(new Quantization(0.01f, 0), 1, 784), 10));
        Assert.InRange(ModelAccuracy.Measure(graph, s_data.Test), 0, 1);
    }

    [Fact]
    public void Golden_answers_are_the_models()
    {
        TrainedModels models = s_models.Value;
        using var runner = new GoldenRunner(models.Float, models.Dynamic, models.Static);

        GoldenAnswers answers = GoldenAnswers.Create(models.Float.Name, s_data.TestImages, runner.Models);

        using var compiled = CompiledModel.Compile(models.Float);
        Assert.Equal(10, answers.Items.Length);
        foreach (GoldenAnswer answer in answers.Items)
        {
            byte[] image = [.. answer.Image];
            byte[] codes = [.. image.Select(p => (byte)(p - 128))];
            byte[] scores = PlainGraph.Run(models.Static, [codes])[models.Static.Outputs[0].Name];
            Assert.Equal(MemoryMarshal.Cast<byte, sbyte>(scores).ToArray(), answer.Int8Scores);
            Assert.Equal(compiled.Classify([.. image.Select(p => p / 255f)]), answer.Float);
            Assert.InRange(answer.Dynamic, 0, 9);
            Assert.InRange(answer.Static, 0, 9);
        }
    }

    [Fact]
    public void A_graph_runner_shows_every_activation()
    {
        var maker = new GraphMaker(4);
        Tensor hidden = maker.Float32(maker.FloatInput(1, 6), 5, new() { Activation = Activation.Relu });
        Graph graph = maker.Build(maker.Float32(hidden, 3)) with { Labels = ["a", "b", "c"] };
        using var runner = new GraphRunner(graph);
        float[] input = [1, -2, 0.5f, 0, 3, -0.25f];

        IReadOnlyDictionary<string, float[]> values = runner.Run(input);

        Dictionary<string, byte[]> expected = PlainGraph.Run(graph, [MemoryMarshal.AsBytes(input.AsSpan()).ToArray()]);
        Assert.Equal(new[] { hidden.Name, graph.Outputs[0].Name }.Order(), values.Keys.Order());
        Assert.All(values, v => Assert.Equal(MemoryMarshal.Cast<byte, float>(expected[v.Key]).ToArray(), v.Value));
        Assert.Throws<ArgumentException>(() => runner.Run(new float[5]));
    }

    private sealed class Recorder(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
