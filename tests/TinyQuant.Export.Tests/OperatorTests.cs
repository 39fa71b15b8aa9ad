using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Export.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Export.Tests;

/// <summary>Each operator in small graphs: ONNX Runtime within one step of our generated code.</summary>
public sealed class OperatorTests
{
    private static readonly Quantization s_half = new(0.5f, -3);
    private static readonly Quantization s_probability = new(1f / 256, -128);

    public static TheoryData<TensorType> Types => [TensorType.Int8, TensorType.Float32];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Convolutions(int seed)
    {
        var maker = new GraphMaker(seed);
        var outputs = new List<Tensor>();
        for (int i = 0; i < 6; i++)
        {
            Tensor image = maker.RandomImage(
                i % 2 == 0 ? TensorType.Int8 : TensorType.Float32, maker.Random.Next(1, 5));
            ((int, int) filter, WindowOptions window) = maker.RandomWindow(dilated: true);
            outputs.Add(maker.Conv2D(image, 5, filter, window));
            outputs.Add(maker.DepthwiseConv2D(image, maker.Random.Next(1, 3), filter, window));
        }

        Agreement.Assert(maker.Build([.. outputs]));
    }

    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Relu6)]
    [InlineData(Activation.ReluN1To1)]
    public void Fully_connected(Activation activation)
    {
        var maker = new GraphMaker(4);
        var options = new LayerOptions { Activation = activation };
        Tensor row = maker.Int8Input(3, 7);
        Tensor real = maker.FloatInput(2, 7);
        Tensor image = maker.Int8Input(1, 3, 2, 5);
        Tensor images = maker.Int8Input(1, 3, 2, 5);
        Agreement.Assert(maker.Build(
            maker.Int8(row, 4, options),
            maker.Int8(row, 4, options with { IsPerChannel = true, HasBias = false }),
            // the clamp of ReLU is that of the codes
            maker.Int8(row, 4, options with { Output = new Quantization(0.05f, -128) }),
            maker.Float32(real, 4, options),
            Dense(maker, image, 30, activation),
            maker.Int8(images, 4, options))); // along the channels: a row for each position
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Pools(TensorType type)
    {
        var maker = new GraphMaker(5);
        Tensor image = Input(maker, type, s_half, 2, 9, 7, 3);
        var outputs = new List<Tensor>();
        foreach (Padding padding in new[] { Padding.Same, Padding.Valid })
        {
            foreach (Activation activation in new[] { Activation.None, Activation.Relu6 })
            {
                var window = new WindowOptions(2, 3, 1, 1, padding, activation);
                int[] shape = padding == Padding.Same ? [2, 5, 3, 3] : [2, 4, 2, 3];
                outputs.Add(Output(maker, type, s_half, shape, o => new AveragePool2D(image, o, (3, 2), window)));
                outputs.Add(Output(maker, type, s_half, shape, o => new MaxPool2D(image, o, (3, 2), window)));
            }
        }

        outputs.Add(Output(
            maker, type, s_half, [2, 1, 1, 3], o => new AveragePool2D(image, o, (9, 7), new WindowOptions())));
        Agreement.Assert(maker.Build([.. outputs]));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Means(TensorType type)
    {
        var maker = new GraphMaker(6);
        Tensor image = Input(maker, type, s_half, 2, 5, 4, 3);
        Tensor cube = Input(maker, type, s_half, 2, 5, 4);
        Agreement.Assert(maker.Build(
            Output(maker, type, s_half, [2, 3], o => new Mean(image, o, [1, 2])),
            Output(maker, type, s_half, [2, 1, 1, 3], o => new Mean(image, o, [1, 2], keepDims: true)),
            Output(maker, type, s_half, [2, 5, 4, 1], o => new Mean(image, o, [3], keepDims: true)),
            Output(maker, type, s_half, [2, 5, 4], o => new Mean(image, o, [3])),
            Output(maker, type, s_half, [2, 4], o => new Mean(cube, o, [1]))));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Sums_and_functions(TensorType type)
    {
        var maker = new GraphMaker(7);
        Tensor image = Input(maker, type, new Quantization(0.05f, -7), 2, 3, 4, 5);
        Tensor other = Input(maker, type, new Quantization(0.08f, 9), 2, 3, 4, 5);
        Tensor one = Input(maker, type, new Quantization(0.08f, 9), 1, 1, 1, 5);
        Tensor row = Input(maker, type, new Quantization(0.05f, -7), 2, 5);
        var fine = new Quantization(0.04f, -20);
        Agreement.Assert(maker.Build(
            Output(maker, type, fine, [2, 3, 4, 5], o => new Add([image, other], o)),
            Output(maker, type, fine, [2, 3, 4, 5], o => new Add([image, image], o, Activation.Relu)),
            Output(maker, type, fine, [2, 3, 4, 5], o => new Add([image, one], o, Activation.Relu6)),
            Output(maker, type, s_probability, [2, 3, 4, 5], o => new Softmax(image, o)),
            Output(maker, type, s_probability, [2, 5], o => new Softmax(row, o, 2)),
            Output(maker, type, s_probability, [2, 5], o => new Logistic(row, o)),
            Output(maker, type, fine, [2, 5], o => new Relu(row, o)),
            Output(maker, type, row.Quantization, [2, 5], o => new Relu6(row, o)),
            Output(maker, type, row.Quantization, [2, 5], o => new ReluN1To1(row, o))));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Movements(TensorType type)
    {
        var maker = new GraphMaker(8);
        Tensor image = Input(maker, type, s_half, 2, 3, 4, 5);
        Tensor pixel = Input(maker, type, s_half, 2, 1, 1, 5);
        Tensor row = Input(maker, type, s_half, 2, 60);
        Agreement.Assert(maker.Build(
            Output(maker, type, s_half, [2, 60], o => new Reshape(image, o)),
            Output(maker, type, s_half, [2, 6, 2, 5], o => new Reshape(image, o)),
            Output(maker, type, s_half, [2, 5], o => new Squeeze(pixel, o)),
            Output(maker, type, s_half, [2, 3, 4, 5], o => new Reshape(row, o)),
            Output(maker, type, s_half, [2, 60], o => new Reshape(row, o)),
            Output(maker, type, s_half, [1, 2, 60], o => new ExpandDims(row, o)),
            Output(maker, type, s_half, [2, 4, 9, 6], o => new Pad(image, o, [0, 0, 1, 0, 2, 3, 0, 1])),
            Output(maker, type, s_half, [5, 60], o => new Pad(row, o, [1, 2, 0, 0]))));
    }

    [Fact]
    public void Conversions()
    {
        var maker = new GraphMaker(9);
        Tensor real = maker.FloatInput(2, 3, 4, 5);
        Tensor code = maker.Int8Input(s_half, 2, 3, 4, 5);
        Agreement.Assert(maker.Build(
            Output(maker, TensorType.Int8, new Quantization(0.1f, 5), [2, 3, 4, 5], o => new Quantize(real, o)),
            Output(maker, TensorType.Int8, new Quantization(0.7f, 5), [2, 3, 4, 5], o => new Quantize(code, o)),
            Output(maker, TensorType.Float32, null, [2, 3, 4, 5], o => new Dequantize(code, o))));
    }

    private static Tensor Dense(GraphMaker maker, Tensor image, int depth, Activation activation)
    {
        Tensor weights = maker.Constant(TensorType.Int8,
            GraphMaker.Values(4 * depth, () => (sbyte)maker.Random.Next(-127, 128)), new Quantization(0.01f, 0), 4,
            depth);
        return Output(maker, TensorType.Int8, new Quantization(0.3f, 3), [1, 4],
            o => new FullyConnected([image, weights], o, activation));
    }

    private static Tensor Input(GraphMaker maker, TensorType type, Quantization quantization, params int[] shape) =>
        type == TensorType.Int8 ? maker.Int8Input(quantization, shape) : maker.FloatInput(shape);

    private static Tensor Output(
        GraphMaker maker, TensorType type, Quantization? quantization, int[] shape, Func<Tensor, Operator> create)
    {
        Tensor output = maker.Activation(type, type == TensorType.Int8 ? quantization : null, shape);
        maker.Append(create(output));
        return output;
    }
}
