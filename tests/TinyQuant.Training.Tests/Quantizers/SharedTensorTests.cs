using TinyQuant.Data;
using TinyQuant.Model;
using TinyQuant.Training.Export;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Quantizers;

/// <summary>
/// What rewrites a graph leaves alone what somebody else reads: tensors that the model gives, tensors and constants of
/// several readers. What every output of the model is afterwards, in double, is what it was before.
/// </summary>
public class SharedTensorTests
{
    [Theory]
    [InlineData("layer1")]
    [InlineData("relu1")]
    [InlineData("scores")]
    [InlineData("layer1", "scores")]
    [InlineData("relu1", "scores")]
    [InlineData("layer1", "relu1", "scores")]
    public void Equalization_keeps_every_output(params string[] outputs)
    {
        Graph graph = Chain(outputs);
        Graph even = CrossLayerEqualization.Apply(graph);

        AssertSame(graph, even, outputs);
        Assert.Equal(outputs is ["scores"], Changed(graph, even).Any());
    }

    [Fact]
    public void Equalization_keeps_constants_that_several_operators_share()
    {
        // b reads a's weights and bias: to divide them by s for one would change the other.
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 4, 4);
        Tensor first = Dense(builder, input, weights, bias, "layer1", Activation.Relu);
        Tensor second = Dense(builder, first, weights, bias, "layer2", Activation.Relu);
        (Tensor last, Tensor lastBias) = Weights(builder, "c", 3, 4);
        Graph graph = builder
            .Build(input, Dense(builder, second, last, lastBias, "scores", Activation.None)) with
        { Name = "shared" };

        Graph even = CrossLayerEqualization.Apply(graph);

        AssertSame(graph, even, "scores");
        Assert.Empty(Changed(graph, even));
    }

    [Fact]
    public void Equalization_keeps_what_two_layers_read()
    {
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 4, 4);
        Tensor hidden = Dense(builder, input, weights, bias, "layer1", Activation.Relu);
        (Tensor left, Tensor leftBias) = Weights(builder, "b", 3, 4);
        (Tensor right, Tensor rightBias) = Weights(builder, "c", 3, 4);
        Tensor one = Dense(builder, hidden, left, leftBias, "one", Activation.None),
            two = Dense(builder, hidden, right, rightBias, "two", Activation.None);
        Graph graph = builder.Build(input, one) with { Name = "fork", Outputs = [one, two] };

        Assert.Empty(Changed(graph, CrossLayerEqualization.Apply(graph)));
    }

    [Fact]
    public void Equalization_sees_channels_behind_a_reshape_only_where_they_are_still_whole()
    {
        // 12 outputs become 2 x 2 pixels of 3: a 1 x 1 filter reads each of its inputs from four channels.
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 12, 4);
        Tensor hidden = Dense(builder, input, weights, bias, "layer1", Activation.Relu);
        Tensor image = builder.Activation("image2", [1, 2, 2, 3]);
        builder.Add(new Reshape(hidden, image));
        Tensor filter = builder.Constant("b.weights", [2, 1, 1, 3], [1, -2, 3, 0.5f, 0.25f, -0.125f]);
        Tensor filterBias = builder.Constant("b.bias", [2], [0, 1]);
        Tensor output = builder.Activation("scores", [1, 2, 2, 2]);
        builder.Add(new Conv2D([image, filter, filterBias], output, new WindowOptions { Padding = Padding.Valid }));
        Graph graph = builder.Build(input, output) with { Name = "reshaped" };

        Assert.Empty(GraphValidator.Validate(graph));
        Assert.Empty(Changed(graph, CrossLayerEqualization.Apply(graph)));
    }

    [Fact]
    public void Bias_correction_keeps_a_bias_that_somebody_else_reads()
    {
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 4, 4);
        Tensor first = Dense(builder, input, weights, bias, "layer1", Activation.Relu);
        (Tensor other, Tensor own) = Weights(builder, "b", 4, 4);
        Tensor second = Dense(builder, first, other, bias, "layer2", Activation.None);
        (Tensor last, Tensor lastBias) = Weights(builder, "c", 3, 4);
        Graph graph = builder
            .Build(input, Dense(builder, second, last, lastBias, "scores", Activation.None)) with
        { Name = "shared" };
        graph = graph with { Tensors = graph.Tensors.Remove(own) };
        IReadOnlyDictionary<string, ActivationStatistics> statistics = ActivationStatistics.Of(
            graph, new Runner(graph), () => [[1, -2, 3, 0.5f]]);

        Graph corrected = BiasCorrection.Apply(graph, statistics, _ => WeightFormat.Int4);

        Assert.Equal(["c.bias"], Changed(graph, corrected));
    }

    [Fact]
    public void What_is_shared_or_added_as_a_constant_is_refused_by_the_quantizers()
    {
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 4, 4);
        Tensor first = Dense(builder, input, weights, bias, "layer1", Activation.Relu);
        Graph shared = builder
            .Build(input, Dense(builder, first, weights, bias, "scores", Activation.None)) with
        { Name = "shared" };
        Calibration ranges = Ranges(shared);
        AssertRefused("Two operators share 'a.", () => StaticQuantizer.Quantize(shared, ranges));
        AssertRefused("Two operators share 'a.", () => DynamicQuantizer.Quantize(shared));
        AssertRefused(
            "shares its weights or bias", () => _ = new QuantizedNetwork(shared, ranges, 1, WeightFormat.Int8));

        (builder, input) = Begin();
        Tensor output = builder.Activation("scores", [1, 4]);
        builder.Add(new Add([input, builder.Constant("one", [1, 4], [1, 1, 1, 1])], output, Activation.None));
        Graph added = builder.Build(input, output) with { Name = "added" };
        AssertRefused("'added' cannot be rewritten", () => StaticQuantizer.Quantize(added, Ranges(added)));
        AssertRefused("reads 'one', which is no activation",
            () => _ = new QuantizedNetwork(added, Ranges(added), 1, WeightFormat.Int8));

        Graph two = Chain("layer1", "scores");
        AssertRefused("2 outputs", () => _ = new QuantizedNetwork(two, Ranges(two), 1, WeightFormat.Int8));
    }

    /// <summary>Calibration of <see cref="Compute"/>, whatever the input.</summary>
    private sealed class Runner(Graph graph) : IGraphRunner
    {
        public IReadOnlyDictionary<string, float[]> Run(float[] input) =>
            Compute(graph).ToDictionary(
                p => p.Key, p => Array.ConvertAll(p.Value, v => (float)v), StringComparer.Ordinal);
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static Calibration Ranges(Graph graph) =>
        new(graph.Tensors.Where(t => !t.IsConstant).Select(t => KeyValuePair.Create(t.Name, new ValueRange(-4, 4))));

    /// <summary>dense a, relu, dense b.</summary>
    private static Graph Chain(params string[] outputs)
    {
        (GraphBuilder builder, Tensor input) = Begin();
        (Tensor weights, Tensor bias) = Weights(builder, "a", 5, 4);
        Tensor hidden = Dense(builder, input, weights, bias, "layer1", Activation.None);
        Tensor relu = builder.Activation("relu1", [1, 5]);
        builder.Add(new Relu(hidden, relu));
        (Tensor last, Tensor lastBias) = Weights(builder, "b", 3, 5);
        Graph graph = builder
            .Build(input, Dense(builder, relu, last, lastBias, "scores", Activation.None)) with
        { Name = "chain" };
        graph = graph with { Outputs = [.. outputs.Select(graph.Find)] };
        Assert.Empty(GraphValidator.Validate(graph));
        return graph;
    }

    private static (GraphBuilder Builder, Tensor Input) Begin()
    {
        var builder = new GraphBuilder();
        return (builder, builder.Activation("image", [1, 4]));
    }

    private static (Tensor Weights, Tensor Bias) Weights(GraphBuilder builder, string name, int outputs, int inputs)
    {
        float[] weights = new float[outputs * inputs], bias = new float[outputs];
        var random = new Pcg32(name[0]);
        Toy.Fill(weights, random);
        Toy.Fill(bias, random);
        return (builder.Constant($"{name}.weights", [outputs, inputs], weights),
            builder.Constant($"{name}.bias", [outputs], bias));
    }

    private static Tensor Dense(
        GraphBuilder builder, Tensor input, Tensor weights, Tensor bias, string output, Activation activation)
    {
        Tensor written = builder.Activation(output, [1, weights.Shape[0]]);
        builder.Add(new FullyConnected([input, weights, bias], written, activation));
        return written;
    }

    private static IEnumerable<string> Changed(Graph before, Graph after) => before.Tensors
        .Where(t => t.IsConstant && !t.Data!.Value.SequenceEqual(after.Find(t.Name).Data!.Value)).Select(t => t.Name);

    private static void AssertSame(Graph before, Graph after, params string[] outputs)
    {
        (Dictionary<string, double[]> a, Dictionary<string, double[]> b) = (Compute(before), Compute(after));
        foreach (string output in outputs)
        {
            Assert.All(a[output].Zip(b[output]), p => Assert.Equal(p.First, p.Second, 1e-5));
        }
    }

    /// <summary>Every activation of dense layers and ReLU, in double.</summary>
    private static Dictionary<string, double[]> Compute(Graph graph)
    {
        Dictionary<string, double[]> values = new(StringComparer.Ordinal) { ["image"] = [0.75, -0.5, 0.25, 1] };
        foreach (Operator op in graph.Operators)
        {
            double[] input = values[op.Inputs[0].Name];
            values[op.Outputs[0].Name] = op is FullyConnected dense
                ? [.. PlainRunner.Read(dense.Bias!).Select((b, o) => b + Dot(PlainRunner.Read(dense.Weights), o, input))
                    .Select(y => dense.Activation == Activation.Relu ? Math.Max(0, y) : y)]
                : [.. input.Select(x => Math.Max(0, x))];
        }

        return values;
    }

    private static double Dot(double[] weights, int output, double[] input) =>
        input.Select((x, i) => x * weights[(output * input.Length) + i]).Sum();
}
