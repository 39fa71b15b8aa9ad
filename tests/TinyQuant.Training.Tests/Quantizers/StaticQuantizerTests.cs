using TinyQuant.Data;
using TinyQuant.Evaluation;
using TinyQuant.Model;
using TinyQuant.Training.Quantizers;
using TinyQuant.Training.Tests.Support;

namespace TinyQuant.Training.Tests.Quantizers;

public class StaticQuantizerTests
{
    private static readonly Calibration s_calibration = Graphs.Ranges(new ValueRange(0, 1), new ValueRange(-3, 5));

    [Fact]
    public void Constants_of_the_linear_model_have_their_size() => Assert.Equal(
        7_840 + 40, StaticQuantizer.Quantize(Graphs.Linear(784, 10), s_calibration).ConstantBytes);

    [Fact]
    public void Names_order_and_shapes_stay_and_the_text_reads_back()
    {
        Graph graph = Graphs.Linear(6, 3);

        Graph quantized = StaticQuantizer.Quantize(graph, s_calibration, perChannel: true);

        Assert.Equal(
            graph.Tensors.Select(t => (t.Name, t.ShapeText)), quantized.Tensors.Select(t => (t.Name, t.ShapeText)));
        Assert.Equal(
            [TensorType.Int8, TensorType.Int8, TensorType.Int32, TensorType.Int8],
            quantized.Tensors.Select(t => t.Type));
        Assert.Equal(Rounding.Double, quantized.Rounding);
        string text = ModelWriter.Write(quantized);
        Assert.Equal(text, ModelWriter.Write(ModelReader.Read(text).Graph!));
    }

    [Fact]
    public void Bias_codes_are_rounded_half_away_at_the_product_of_the_scales()
    {
        Graph graph = Graphs.Linear(1, 3, layer =>
        {
            layer.Weights.Values[0] = 127; // scale 1
            new[] { 1.25f, -1.25f, 100f }.CopyTo(layer.Bias.Values, 0);
        });

        Graph quantized = StaticQuantizer.Quantize(graph, Graphs.Ranges(new(0, 127.5f), new(0, 1))); // scale 0.5

        Assert.Equal([3, -3, 200], PlainRunner.Read(quantized.Find("dense.bias")));
    }

    [Fact]
    public void Weight_codes_are_rounded_half_away_and_their_least_is_the_negative_of_the_greatest()
    {
        float[] weights = [-127, 126.5f, 0.5f, 1.5f, 2.5f, -0.5f, -2.5f, -126.5f]; // scale 1
        Graph graph = Graphs.Linear(8, 1, layer => weights.CopyTo(layer.Weights.Values, 0));

        Graph quantized = StaticQuantizer.Quantize(graph, s_calibration);

        Assert.Equal([-127, 127, 1, 2, 3, -1, -3, -127], PlainRunner.Read(quantized.Find("dense.weights")));
    }

    [Theory]
    [InlineData(0.499, 1)]
    [InlineData(0.5, 1)] // 2 · 0.5, as TensorFlow Lite's comparison has it
    [InlineData(0.6, 1.2)]
    [InlineData(3, 6)]
    public void From_half_of_int32_on_a_bias_widens(double part, double scale)
    {
        // Input scale 0.5, weight scale 1: the bias is a part of 2^31 - 1 steps of 0.5.
        Graph graph = Graphs.Linear(
            1, 1, layer => (layer.Weights.Values[0], layer.Bias.Values[0]) = (127, (float)(part * 0.5 * int.MaxValue)));

        Graph quantized = StaticQuantizer.Quantize(graph, Graphs.Ranges(new(0, 127.5f), new(0, 1)));

        Assert.Equal(scale, quantized.Find("dense.weights").Quantization!.Scales[0], 1e-6 * scale);
        Assert.Equal(Math.Min(part, 0.5) * int.MaxValue, PlainRunner.Read(quantized.Find("dense.bias"))[0], 300.0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bias_beyond_half_of_int32_widens_the_scale_of_the_weights(bool perChannel)
    {
        Graph graph = Graphs.Linear(1, 2, layer =>
        {
            new[] { 1e-7f, 1e-7f }.CopyTo(layer.Weights.Values, 0);
            new[] { 4f, 0f }.CopyTo(layer.Bias.Values, 0);
        });

        Graph quantized = StaticQuantizer.Quantize(graph, Graphs.Ranges(new(0, 12.75f), new(0, 4)), perChannel);

        var scales = quantized.Find("dense.weights").Quantization!.Scales;
        Assert.Equal((float)(8.0 / int.MaxValue / (12.75f / 255f)), scales[0]);
        Assert.Equal(1 << 30, PlainRunner.Read(quantized.Find("dense.bias"))[0], 1000.0);
        Assert.True(!perChannel || scales[1] == 1e-7f / 127);
    }

    [Fact]
    public void An_activation_without_a_range_is_an_error_with_its_name()
    {
        var calibration = new Calibration([new("image", new ValueRange(0, 1))]);

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => StaticQuantizer.Quantize(Graphs.Linear(2, 2), calibration));

        Assert.Contains("'scores'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_two_operators_share_is_an_error()
    {
        Graph one = Graphs.Linear(2, 2);
        var op = (FullyConnected)one.Operators[0];
        var hidden = new Tensor("hidden", TensorType.Float32, [1, 2]);
        Graph two = one with
        {
            Tensors = one.Tensors.Add(hidden),
            Operators =
            [
                new FullyConnected([op.Input, op.Weights, op.Bias!], hidden, Activation.None),
                new FullyConnected([hidden, op.Weights, op.Bias!], op.Output, Activation.None),
            ],
        };

        Assert.Throws<ArgumentException>(
            () => StaticQuantizer.Quantize(two, s_calibration.With("hidden", new ValueRange(-1, 1))));
    }

    [Theory]
    [InlineData("Softmax", 1f / 256, -128)]
    [InlineData("Logistic", 1f / 256, -128)]
    [InlineData("Tanh", 1f / 128, 0)]
    public void Functions_have_the_scale_of_their_kernel_and_what_moves_values_that_of_its_input(
        string function, float scale, int zeroPoint)
    {
        Graph graph = ModelReader.Read($$"""
            tinyquant-model 1
            name functions
            rounding double

            tensor image float32 [1,2,2,1]
            tensor wide float32 [1,3,4,1]
            tensor flat float32 [1,12]
            tensor answers float32 [1,12]
            input image
            output answers
            op Pad image -> wide paddings=0,0,0,1,1,1,0,0
            op Reshape wide -> flat
            op {{function}} flat -> answers
            """).Graph!;
        Calibration calibration = new(graph.Tensors.Select(t => KeyValuePair.Create(t.Name, new ValueRange(-2, 2))));

        Graph quantized = StaticQuantizer.Quantize(graph, calibration);

        Assert.Empty(GraphValidator.Validate(quantized));
        Assert.Equal((scale, zeroPoint),
            (quantized.Find("answers").Quantization!.Scale, quantized.Find("answers").Quantization!.ZeroPoint));
        Assert.Equal(quantized.Find("image").Quantization, quantized.Find("flat").Quantization);
        float[][] inputs = [[-1.5f, 0.25f, 1, 1.75f]];
        float[] expected = RealOutputs.Of(graph, inputs)[0];
        Assert.All(RealOutputs.Of(quantized, inputs)[0].Zip(expected), p => Assert.Equal(p.Second, p.First, 0.02f));
    }
}
