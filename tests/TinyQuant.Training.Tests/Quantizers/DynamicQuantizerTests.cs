using CsCheck;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Quantizers;

public class DynamicQuantizerTests
{
    [Fact]
    public void Constants_of_the_linear_model_have_their_sizes()
    {
        Graph graph = Graphs.Linear(784, 10);

        Assert.Equal(31_400, graph.ConstantBytes);
        Assert.Equal(7_840 + 40, DynamicQuantizer.Quantize(graph).ConstantBytes);
    }

    [Fact]
    public void Only_the_weights_change()
    {
        Graph graph = Graphs.Linear(6, 3);

        Graph quantized = DynamicQuantizer.Quantize(graph);

        Assert.Equal(["image", "dense.weights", "dense.bias", "scores"], quantized.Tensors.Select(t => t.Name));
        Assert.Equal(
            [TensorType.Float32, TensorType.Int8, TensorType.Float32, TensorType.Float32],
            quantized.Tensors.Select(t => t.Type));
        Assert.True(((FullyConnected)quantized.Operators[0]).IsHybrid);
        Assert.Empty(GraphValidator.Validate(quantized));
    }

    [Fact]
    public void Every_weight_is_within_half_a_step_and_the_largest_is_127() =>
        Gen.Select(Gen.Float[-3, 3].Array[6], Gen.Bool).Sample((values, perChannel) =>
        {
            Graph graph = Graphs.Linear(3, 2, layer => values.CopyTo(layer.Weights.Values, 0));
            Tensor weights = DynamicQuantizer.Quantize(graph, perChannel).Find("dense.weights");
            double[] codes = PlainRunner.Read(weights);
            for (int i = 0; i < values.Length; i++)
            {
                float scale = weights.Quantization!.Scales[perChannel ? i / 3 : 0];
                Assert.InRange(codes[i], -127, 127);
                Assert.True(Math.Abs((codes[i] * scale) - values[i]) <= scale * 0.50001);
            }

            Assert.True(values.All(v => v == 0) || codes.Max(Math.Abs) == 127);
        });

    [Fact]
    public void Per_channel_gives_each_output_its_scale()
    {
        Graph graph = Graphs.Linear(2, 3, layer => new[] { 1f, -2f, 0f, 1f, 4f, 3f }.CopyTo(layer.Weights.Values, 0));

        Tensor weights = DynamicQuantizer.Quantize(graph, perChannel: true).Find("dense.weights");

        Assert.Equal([2f / 127, 1f / 127, 4f / 127], weights.Quantization!.Scales.ToArray());
        Assert.Equal(0, weights.Quantization.Axis);
        Assert.Equal([64, -127, 0, 127, 127, 95], PlainRunner.Read(weights));
    }

    [Fact]
    public void A_quantized_graph_is_not_quantized_again()
    {
        Graph quantized = DynamicQuantizer.Quantize(Graphs.Linear(2, 2));

        ArgumentException error = Assert.Throws<ArgumentException>(() => DynamicQuantizer.Quantize(quantized));

        Assert.Contains("only a float32 graph", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_of_the_float_model_are_not_those_of_the_quantized_one()
    {
        Graph graph = Graphs.Linear(2, 2) with { Metrics = [new Metric("accuracy", 0.9, "toy/test", 10)] };

        Assert.Empty(DynamicQuantizer.Quantize(graph).Metrics);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_an_error() => Assert.Throws<ArgumentException>(
        () => DynamicQuantizer.Quantize(Graphs.Linear(2, 1, layer => layer.Weights.Values[1] = float.NaN)));
}
