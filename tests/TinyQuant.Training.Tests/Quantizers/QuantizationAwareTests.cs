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

public class QuantizationAwareTests
{
    private const string Layers = "conv 6 3x3 bn relu; maxpool 2; save; dwconv 3x3 bn relu6; conv 6 1x1 bn; add "
        + "relu; globalpool; dense 3";

    [Fact]
    public void Rounded_weights_are_what_the_codes_stand_for()
    {
        foreach ((LinearLayer layer, int axis) in new (LinearLayer, int)[]
        {
            (new Conv2DLayer("conv", new FeatureShape(4, 4, 3), 5, new Window(3, 3)), 0),
            (new DepthwiseConv2DLayer("depthwise", new FeatureShape(4, 4, 5), new Window(3, 3)), 3),
        })
        {
            Toy.Fill(layer.Weights.Values, new Pcg32(3));
            layer.Weights.Values[1] *= 40;
            var tensor = new Tensor(
                "w", TensorType.Float32, layer.Weights.Shape, data: Constants.FromFloats(layer.Weights.Values));
            float[] scales = WeightQuantizer.Scales(tensor, perChannel: true, axis);
            Tensor quantized = WeightQuantizer.Quantize(tensor, scales, axis);
            float[] rounded = [];
            FakeQuantizer.Weights(layer.Weights, layer.ChannelAxis, WeightFormat.Int8, ref rounded);

            Assert.Equal(5, scales.Length);
            Assert.Equal(axis, quantized.Quantization!.Axis);
            double[] codes = PlainRunner.Read(quantized);
            for (int i = 0; i < rounded.Length; i++)
            {
                Assert.Equal((float)codes[i] * scales[axis == 0 ? i / 27 : i % 5], rounded[i]);
            }
        }
    }

    [Fact]
    public void Activations_are_rounded_and_the_gradient_passes_within_the_range()
    {
        // scale 0.01, zero point -28
        var layer = new FakeQuantizeLayer("codes", FeatureShape.Vector(17), new ValueRange(-1, 1.55f));
        float[] input = [.. Enumerable.Range(0, 17).Select(i => (i - 8) * 0.2501f)];
        float[] output = new float[17];
        float[] gradient = new float[17];
        layer.Forward(new Pass(1), [input], output);
        layer.Backward(new Pass(1), [input], output, Enumerable.Repeat(1f, 17).ToArray(), [gradient]);

        Assert.Equal(input.Select(x => Math.Clamp(MathF.Round(x / 0.01f) * 0.01f, -1, 1.55f)), output,
            (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(input.Select(x => x is > -1.005f and < 1.555f ? 1f : 0), gradient);
        Assert.Equal(new ValueRange(-1, 1.55f), layer.Range);
    }

    [Fact]
    public void The_range_follows_what_training_sees()
    {
        var layer = new FakeQuantizeLayer("codes", FeatureShape.Vector(4), new ValueRange(0, 1)) { Momentum = 0.75f };

        layer.Forward(new Pass(2, IsTraining: true), [[-1, 0, 1, 2, 3, 0, 0, 0]], new float[8]);

        Assert.Equal(new ValueRange(-0.25f, 1.5f), layer.Range);
    }

    [Theory]
    [InlineData(WeightFormat.Int8)]
    [InlineData(WeightFormat.Int4)]
    [InlineData(WeightFormat.Int4Groups)]
    public void The_network_computes_what_the_quantized_model_computes(WeightFormat format)
    {
        (Graph graph, Calibration calibration) = Trained();
        var quantized = new QuantizedNetwork(graph, calibration, 1, format);
        Graph int8 = StaticQuantizer.Quantize(graph, calibration, format);
        using CompiledModel model = CompiledModel.Compile(int8);
        Quantization scores = int8.Outputs[0].Quantization!;
        byte[] codes = new byte[3];
        int off = 0;
        for (int i = 0; i < 60; i++)
        {
            Pictures.DataSet().Test.ReadReals(i, quantized.Network.Input(1));
            model.Run([[.. Pictures.DataSet().TestImages.Image(i).ToArray().Select(p => (byte)(p - 128))]], [codes]);
            ReadOnlySpan<float> expected = quantized.Network.Forward(new Pass(1));
            for (int o = 0; o < 3; o++)
            {
                float actual = ((sbyte)codes[o] - scores.ZeroPoint) * scores.Scale;
                off += Math.Abs(actual - expected[o]) > 2.5f * scores.Scale ? 1 : 0;
            }
        }

        Assert.True(off <= 2, $"{off} of 180 scores are off by more than two steps");
    }

    [Fact]
    public void Training_on_changes_weights_and_ranges_and_lowers_the_loss_of_coarse_ranges()
    {
        (Graph graph, Calibration calibration) = Trained();
        var options = new TrainingOptions { Epochs = 3, BatchSize = 16, Schedule = new CosineSchedule(2e-3f) };

        (Graph tuned, Calibration ranges, IReadOnlyList<EpochResult> history) =
            QuantizationAwareTrainer.Train(graph, calibration, Pictures.DataSet().Train, options);

        Assert.True(history[^1].Loss < history[0].Loss, $"{history[0].Loss} to {history[^1].Loss}");
        Assert.Equal(graph.Tensors.Select(t => t.Name), tuned.Tensors.Select(t => t.Name));
        Assert.NotEqual(graph.Find("conv1.weights").Data, tuned.Find("conv1.weights").Data);
        Assert.NotEqual(calibration.Ranges["scores"], ranges.Ranges["scores"]);
        Graph int8 = StaticQuantizer.Quantize(tuned, ranges, perChannel: true);
        Assert.Empty(GraphValidator.Validate(int8));
        Assert.Equal(3, int8.Find("depthwise1.weights").Quantization!.Axis);
        Assert.Equal(
            int8.Operators[0].Outputs[0].Quantization!.Scale, int8.Operators[1].Outputs[0].Quantization!.Scale);
        Assert.InRange(ModelAccuracy.Measure(int8 with { Labels = [] }, Pictures.DataSet().Test), 0.9, 1);
    }

    private static (Graph Graph, Calibration Calibration) Trained()
    {
        var data = Pictures.DataSet();
        Network network = NetworkText.Build(Layers, new NetworkBuilder(new FeatureShape(8, 8, 1), 2)).Build(16);
        Trainer.Train(network, data.Train,
            new TrainingOptions { Epochs = 12, BatchSize = 16, Schedule = new CosineSchedule(1e-2f) });
        Graph graph = NetworkExporter.Export(network) with { Name = "bars" };
        using var runner = new GraphRunner(graph);
        var inputs = Enumerable.Range(0, 240).Select(i =>
        {
            float[] input = new float[64];
            data.Train.ReadReals(i, input);
            return input;
        });
        return (graph, Calibrator.Run(graph, runner, inputs).With("image", new ValueRange(0, 1)));
    }
}
