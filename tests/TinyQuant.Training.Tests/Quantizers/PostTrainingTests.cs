using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Codes;
using TinyQuant.Training.Export;
using TinyQuant.Training.Layers;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Schedules;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Quantizers;

/// <summary>
/// Equalization, bias correction, float16, the search of formats and the errors of layers, on a network of every kind
/// of layer.
/// </summary>
public sealed class PostTrainingTests : IDisposable
{
    private const string Layers = "conv 8 3x3 bn relu; maxpool 2; dwconv 3x3 bn relu; conv 40 1x1 bn relu; "
        + "globalpool; dense 3";

    private static readonly DataSet s_data = Pictures.DataSet();
    private static readonly Lazy<Graph> s_graph = new(Train);

    private readonly List<GraphRunner> _runners = [];

    public void Dispose() => _runners.ForEach(r => r.Dispose());

    [Fact]
    public void Equalization_changes_weights_and_nothing_else()
    {
        Graph even = CrossLayerEqualization.Apply(s_graph.Value);
        Assert.Contains(even.Notes, n => n == "cross-layer equalization of 3 pairs of layers");
        foreach ((float[] a, float[] b) in RealOutputs.Of(s_graph.Value, Inputs(20))
            .Zip(RealOutputs.Of(even, Inputs(20))))
        {
            Assert.All(a.Zip(b), p => Assert.Equal(p.First, p.Second, 1e-3f));
        }
        // The largest weight out of each channel of conv1 is that into it of the depthwise layer.
        float[] first = Constants.Floats(even.Find("conv1.weights")),
            next = Constants.Floats(even.Find("depthwise1.weights"));
        for (int c = 0; c < 8; c++)
        {
            float most = first.Skip(c * 9).Take(9).Max(MathF.Abs);
            Assert.Equal(most, Enumerable.Range(0, 9).Max(tap => MathF.Abs(next[(tap * 8) + c])), 0.02f * most);
        }
    }

    [Fact]
    public void Bias_correction_takes_the_mean_error_of_a_layer_away()
    {
        Graph graph = s_graph.Value;
        IReadOnlyDictionary<string, ActivationStatistics> statistics = ActivationStatistics.Of(
            graph, Runner(graph), () => Inputs(100));
        Graph corrected = BiasCorrection.Apply(graph, statistics, _ => WeightFormat.Int4);
        var last = (FullyConnected)graph.Operators[^1];
        float[] weights = Constants.Floats(last.Weights);
        WeightCodes codes = WeightCodes.Of(weights, last.Weights.Shape, 0, WeightFormat.Int4);
        double[] means = statistics[last.Input.Name].Means;
        float[] before = Constants.Floats(last.Bias!), after = Constants.Floats(corrected.Find(last.Bias!.Name));
        for (int o = 0; o < 3; o++)
        {
            double excess = Enumerable.Range(0, last.Depth)
                .Sum(i => (codes.Decode((o * last.Depth) + i) - weights[(o * last.Depth) + i]) * means[i]);
            Assert.NotEqual(0, excess);
            Assert.Equal(before[o] - excess, after[o], 1e-6);
        }

        Assert.Equal(graph.Find("conv1.weights").Data, corrected.Find("conv1.weights").Data);
    }

    [Fact]
    public void Means_of_a_depthwise_layer_are_those_of_its_channels()
    {
        Graph graph = s_graph.Value;
        IReadOnlyDictionary<string, ActivationStatistics> statistics = ActivationStatistics.Of(
            graph, Runner(graph), () => Inputs(50));
        Graph corrected = BiasCorrection.Apply(graph, statistics, _ => WeightFormat.Int4);
        var op = (DepthwiseConv2D)graph.Operators[2];
        float[] weights = Constants.Floats(op.Weights);
        WeightCodes codes = WeightCodes.Of(weights, op.Weights.Shape, 3, WeightFormat.Int4);
        double[] means = statistics[op.Input.Name].Means;
        double mean = means.Where((_, i) => i % 8 == 5).Average();
        double excess = Enumerable.Range(0, 9)
            .Sum(tap => (codes.Decode((tap * 8) + 5) - weights[(tap * 8) + 5]) * mean);
        Assert.Equal(Constants.Floats(op.Bias!)[5] - excess, Constants.Floats(corrected.Find(op.Bias!.Name))[5], 1e-5);
    }

    [Fact]
    public void Every_method_and_format_makes_a_model_that_still_knows_the_pictures()
    {
        PostTrainingQuantizer quantizer = Quantizer();
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            var options = new PostTrainingOptions
            {
                Method = method,
                Weights = WeightFormat.Int4Groups,
                CorrectsBias = true,
                Equalizes = method == CalibrationMethod.Mse
            };
            Graph graph = quantizer.Quantize(options);
            Assert.Contains(
                graph.Notes, n => n == $"static quantization, ranges by {method.Word()}, weights int4 in groups of 32");
            Assert.InRange(ModelAccuracy.Measure(graph, s_data.Test), 0.85, 1);
        }
    }

    [Fact]
    public void Dynamic_range_of_every_layer_keeps_the_answers()
    {
        Graph graph = DynamicQuantizer.Quantize(s_graph.Value);
        Assert.Equal(4, graph.Tensors.Count(t => t.Type == TensorType.Int8));
        Assert.Equal([0, 3, 0], graph.Operators.OfType<Convolution>().Select(o => o.Weights.Quantization!.Axis));
        Assert.InRange(
            ModelAccuracy.Measure(graph, s_data.Test), ModelAccuracy.Measure(s_graph.Value, s_data.Test) - 0.03, 1);
    }

    [Fact]
    public void Float16_halves_the_file_and_can_be_quantized()
    {
        Graph half = Float16Quantizer.Quantize(s_graph.Value);
        Assert.Equal(s_graph.Value.ConstantBytes / 2, half.ConstantBytes);
        Assert.Equal(ModelAccuracy.Measure(s_graph.Value, s_data.Test), ModelAccuracy.Measure(half, s_data.Test), 0.02);
        Graph read = ModelReader.Read(ModelWriter.Write(half)).Graph!;
        var quantizer = new PostTrainingQuantizer(read, Runner, () => Inputs(100), new ValueRange(0, 1));
        Assert.InRange(ModelAccuracy.Measure(quantizer.Quantize(new PostTrainingOptions()), s_data.Test), 0.9, 1);
        Assert.Throws<ArgumentException>(() =>
            Float16Quantizer.Quantize(Graphs.Linear(1, 1, l => l.Weights.Values[0] = 70_000)));
    }

    [Theory]
    [InlineData(0.05, WeightFormat.Int8, WeightFormat.Int4)]
    [InlineData(0.005, WeightFormat.Int8, WeightFormat.Int4Groups)]
    [InlineData(1, WeightFormat.Int4, WeightFormat.Int4)]
    public void The_search_spends_its_budget_where_that_saves_most(double loss, WeightFormat first, WeightFormat last)
    {
        // Of 100 pictures, int4 costs 10 in the first layer and 1, without groups, in the last; elsewhere none.
        IReadOnlyList<float[]> Scores(Graph graph)
        {
            Tensor weights = graph.Find("dense1.weights");
            int wrong = (graph.Find("conv1.weights").Type == TensorType.Int4 ? 10 : 0)
                + (weights is { Type: TensorType.Int4, Quantization.GroupSize: 0 } ? 1 : 0);
            return [.. Enumerable.Range(0, 100).Select(i => i < wrong ? new float[] { 0, 1 } : [1, 0])];
        }

        FormatSearchResult found = new FormatSearch(
            Quantizer(), new PostTrainingOptions(), Scores, new byte[100], _ => true).Run(
            loss);
        Assert.Equal((1, first, WeightFormat.Int4, WeightFormat.Int4, last),
            (found.RealAccuracy, found.Formats["conv1.weights"], found.Formats["depthwise1.weights"],
                found.Formats["conv2.weights"], found.Formats["dense1.weights"]));
        Assert.InRange(found.Accuracy, 1 - loss, 1);
        Assert.Equal(
            first == WeightFormat.Int4 ? TensorType.Int4 : TensorType.Int8, found.Graph.Find("conv1.weights").Type);
    }

    [Fact]
    public void The_search_takes_first_what_disturbs_least_for_each_byte()
    {
        // Either of two layers costs 3 pictures of 100, and the budget is 4. The pointwise layer saves 160 bytes, the
        // depthwise one 36.
        static IReadOnlyList<float[]> Scores(Graph graph)
        {
            bool IsInt4(string name) => graph.Find(name).Type == TensorType.Int4;
            int depthwise = IsInt4("depthwise1.weights") ? 3 : 0, pointwise = IsInt4("conv2.weights") ? 3 : 0,
                others = IsInt4("conv1.weights") || IsInt4("dense1.weights") ? 10 : 0;
            return [.. Enumerable.Range(0, 100)
                .Select(i => i < depthwise + pointwise + others ? new float[] { 0, 1 } : [1, 0])];
        }

        FormatSearchResult found = new FormatSearch(
            Quantizer(), new PostTrainingOptions(), Scores, new byte[100], _ => true).Run(
            0.04);

        Assert.Equal((WeightFormat.Int8, WeightFormat.Int4),
            (found.Formats["depthwise1.weights"], found.Formats["conv2.weights"]));
    }

    [Fact]
    public void The_search_takes_nothing_that_does_not_hold_elsewhere()
    {
        static IReadOnlyList<float[]> Scores(Graph graph) =>
            [.. Enumerable.Range(0, 100).Select(_ => new float[] { 1, 0 })];
        static bool Holds(Graph graph) => graph.Find("conv1.weights").Type == TensorType.Int8;
        FormatSearchResult found = new FormatSearch(
            Quantizer(), new PostTrainingOptions(), Scores, new byte[100], Holds).Run(
            0);
        Assert.Equal(
            (WeightFormat.Int8, WeightFormat.Int4, WeightFormat.Int4),
            (found.Formats["conv1.weights"], found.Formats["conv2.weights"], found.Formats["dense1.weights"]));
        Assert.True(Holds(found.Graph));
    }

    [Theory]
    [InlineData(false, false, true, "--equalize", 7)]
    [InlineData(false, false, false, "--equalize", 3)]
    [InlineData(true, false, true, "", 3)] // what is asked for already is no remedy
    [InlineData(true, true, true, "", 1)]
    public void The_simplest_remedy_that_helps_most_is_taken(
        bool equalizes, bool corrects, bool mayChangeMethod, string words, int tried)
    {
        // Here evening out helps, and nothing else does; the better models are known by their notes.
        static double Accuracy(Graph graph) =>
            graph.Notes.Any(n => n.StartsWith("cross-layer", StringComparison.Ordinal)) ? 0.9 : 0.4;
        var asked = new PostTrainingOptions
        {
            Weights = WeightFormat.Int4,
            Equalizes = equalizes,
            CorrectsBias = corrects
        };
        RemedyResult result = new RemedySearch(Quantizer(), asked, Accuracy).Run(
            equalizes ? 0.9 : 0.4, mayChangeMethod);

        Assert.Equal((words, tried, words.Length > 0), (result.Words, result.Tried, result.Helped));
        Assert.Equal(asked with { Equalizes = equalizes || words.Length > 0 }, result.Options);
        Assert.Equal((equalizes ? 0.9 : 0.4, 0.9), (result.Plain, Math.Round(result.Accuracy, 6)));
    }

    [Fact]
    public void A_remedy_may_be_three_things_and_half_a_point_is_none()
    {
        static double Accuracy(Graph graph) => 0.4
            + (graph.Notes.Any(n => n.StartsWith("cross-layer", StringComparison.Ordinal)) ? 0.1 : 0)
            + (graph.Notes.Contains("bias correction") ? 0.1 : 0)
            + (graph.Notes.Any(n => n.Contains("ranges by mse", StringComparison.Ordinal)) ? 0.1 : 0);
        Assert.Equal("--equalize --bias-correction --method mse",
            new RemedySearch(Quantizer(), new PostTrainingOptions(), Accuracy).Run(0.4, true).Words);
        RemedyResult none = new RemedySearch(Quantizer(), new PostTrainingOptions(), _ => 0.405).Run(0.4, true);
        Assert.Equal((new PostTrainingOptions(), "", 0.4), (none.Options, none.Words, none.Accuracy));
    }

    [Fact]
    public void Layers_lose_more_with_fewer_bits()
    {
        PostTrainingQuantizer quantizer = Quantizer();
        IReadOnlyList<LayerError> Errors(WeightFormat format) =>
            LayerErrors.Of(s_graph.Value, quantizer.Quantize(new PostTrainingOptions { Weights = format }), Inputs(20));
        IReadOnlyList<LayerError> int8 = Errors(WeightFormat.Int8), int4 = Errors(WeightFormat.Int4Groups);
        Assert.Equal(["int8", null, "int8", "int8", null, "int8"], int8.Select(l => l.Weights));
        Assert.Equal(["int4", null, "int4", "int4", null, "int4/32"], int4.Select(l => l.Weights));
        foreach ((LayerError a, LayerError b) in int8.Zip(int4))
        {
            Assert.True(a.Decibels > b.Decibels, $"{a} {b}");
            Assert.True(
                a.WeightDecibels is null || (a.WeightDecibels > 40 && b.WeightDecibels is > 14 and < 35), $"{a} {b}");
            Assert.Equal(255 * a.Scale, a.Range.Max - a.Range.Min, 1e-3f);
        }
    }

    private PostTrainingQuantizer Quantizer() => new(s_graph.Value, Runner, () => Inputs(100), new ValueRange(0, 1));

    private GraphRunner Runner(Graph graph)
    {
        _runners.Add(new GraphRunner(graph));
        return _runners[^1];
    }

    private static IReadOnlyList<float[]> Inputs(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        float[] input = new float[s_data.Train.Length];
        s_data.Train.ReadReals(i, input);
        return input;
    })];

    private static Graph Train()
    {
        Network network = NetworkText.Build(Layers, new NetworkBuilder(new FeatureShape(8, 8, 1), 2)).Build(16);
        Trainer.Train(network, s_data.Train,
            new TrainingOptions { Epochs = 15, BatchSize = 16, Schedule = new CosineSchedule(1e-2f) });
        return NetworkExporter.Export(network) with { Name = "bars" };
    }
}
