using TinyQuant.Evaluation.Tests.Fuzz;
using TinyQuant.Evaluation.Tests.Reference;
using TinyQuant.Evaluation.Tests.Support;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Operators;

/// <summary>What computes as the uint8 kernels of TensorFlow 1 did, against these in plain loops over bytes.</summary>
[SmallestModel("Conv2D x Q[1,6,7,4] w Q[9,2,2,4]c*0.5,3 b I[9]c -> y Q[1,5,6,9] legacy=true")]
[SmallestModel("DepthwiseConv2D x Q[1,6,7,3] w Q[1,2,2,3]c*0.5,3 b I[3]c -> y Q[1,5,6,3] legacy=true")]
[SmallestModel("AveragePool2D x Q[1,6,7,3] -> y Q[1,5,6,3] filter=2,2 legacy=true")]
[SmallestModel("ResizeBilinear x Q[1,3,5,2] -> y Q[1,6,7,2] legacy=true")]
public sealed class LegacyTests
{
    private static readonly int[] s_channels = [1, 3, 4, 8, 16, 33, 70];
    private static readonly int[] s_outputs = [1, 5, 8, 16, 24, 67];

    [Theory]
    [InlineData(Rounding.Double, 1)]
    [InlineData(Rounding.Double, 2)]
    [InlineData(Rounding.Single, 3)]
    public void Conv2D(Rounding rounding, int seed)
    {
        var sheet = new OperatorSheet(seed);
        for (int i = 0; i < 28; i++)
        {
            (int channels, int outputs) = (s_channels[i % s_channels.Length], s_outputs[i % s_outputs.Length]);
            Add(sheet, channels, outputs, isDepthwise: false, rounding);
        }

        // One window of one element, which other weights take another way.
        AddConvolution(
            sheet, [1, 1, 1, 19], [111, 1, 1, 19], new WindowOptions(), isDepthwise: false, rounding);
        sheet.Check(rounding, runs: 4);
    }

    [Theory]
    [InlineData(Rounding.Double, 4)]
    [InlineData(Rounding.Double, 5)]
    [InlineData(Rounding.Single, 6)]
    public void DepthwiseConv2D(Rounding rounding, int seed)
    {
        var sheet = new OperatorSheet(seed);
        for (int i = 0; i < 28; i++)
        {
            int channels = s_channels[i % s_channels.Length];
            Add(sheet, channels, channels * (i % 4 == 3 ? 3 : 1), isDepthwise: true, rounding);
        }

        sheet.Check(rounding, runs: 4);
    }

    [Fact]
    public void AveragePool2D()
    {
        var sheet = new OperatorSheet(seed: 7);
        for (int i = 0; i < 40; i++)
        {
            (int Height, int Width) filter = (sheet.Random.Next(1, 5), sheet.Random.Next(1, 5));
            int[] shape = [sheet.Random.Next(1, 3), sheet.Random.Next(filter.Height, 9),
                sheet.Random.Next(filter.Width, 9), s_channels[i % s_channels.Length]];
            var window = new WindowOptions(
                sheet.Random.Next(1, 4), sheet.Random.Next(1, 4), Padding: (Padding)(i % 2),
                Activation: (Activation)(i / 2 % 4));
            Quantization quantization = sheet.Quantization();
            var op = new AveragePool2D(
                sheet.Input(TensorType.Int8, quantization, shape),
                sheet.Output(TensorType.Int8, quantization, Output(shape, filter, window, shape[3])), filter, window,
                isLegacy: true);
            sheet.Add(op, inputs => PlainLegacy.Average(op, inputs[0]));
        }

        sheet.Check(Rounding.Double, runs: 5);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.Single)]
    public void Products_and_differences(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 8);
        foreach (((int[] left, int[] right, int[] output), int i) in BinaryShapes.Numbered())
        {
            Tensor a = sheet.Input(TensorType.Int8, sheet.Quantization(), left);
            Tensor b = sheet.Input(TensorType.Int8, sheet.Quantization(), right);
            var mul = new Mul(
                [a, b], sheet.Output(TensorType.Int8, sheet.Quantization(), output), (Activation)(i % 4),
                isLegacy: true);
            sheet.Add(mul, inputs => PlainLegacy.Mul(mul, inputs, rounding));
            var sub = new Sub(
                [a, b], sheet.Output(TensorType.Int8, sheet.Quantization(), output), (Activation)(i % 4),
                isLegacy: true);
            sheet.Add(sub, inputs => PlainLegacy.Sub(sub, inputs, rounding));
        }

        sheet.Check(rounding);
    }

    [Fact]
    public void ResizeBilinear()
    {
        var sheet = new OperatorSheet(seed: 9);
        (int Height, int Width)[] sizes = [(1, 1), (5, 3), (7, 11), (10, 6), (13, 4), (24, 17), (3, 1)];
        for (int i = 0; i < sizes.Length * 3; i++)
        {
            (int height, int width) = sizes[i % sizes.Length];
            (int batches, int channels) = (sheet.Random.Next(1, 3), sheet.Random.Next(1, 5));
            Quantization quantization = sheet.Quantization();
            var op = new ResizeBilinear(
                sheet.Input(
                    TensorType.Int8, quantization, batches, sheet.Random.Next(1, 12), sheet.Random.Next(1, 12),
                    channels),
                sheet.Output(TensorType.Int8, quantization, batches, height, width, channels), alignCorners: i % 3 == 1,
                halfPixelCenters: i % 3 == 2, isLegacy: true);
            sheet.Add(op, inputs => PlainLegacy.Resize(op, inputs[0]));
        }

        sheet.Check(Rounding.Double, runs: 5);
    }

    [Theory]
    [InlineData(Rounding.Double)]
    [InlineData(Rounding.FloatEven)]
    public void Codes_of_another_scale(Rounding rounding)
    {
        var sheet = new OperatorSheet(seed: 10);
        for (int i = 0; i < 20; i++)
        {
            var op = new Quantize(
                sheet.Input(TensorType.Int8, sheet.Quantization(), 256),
                sheet.Output(TensorType.Int8, sheet.Quantization(), 256), isLegacy: true);
            sheet.Add(op, inputs => PlainLegacy.Rescale(op, inputs[0]));
        }

        sheet.Check(rounding);
    }

    private static void Add(OperatorSheet sheet, int channels, int outputs, bool isDepthwise, Rounding rounding)
    {
        Random random = sheet.Random;
        (int Height, int Width) filter = random.Next(4) == 0 ? (1, 1) : (random.Next(1, 4), random.Next(1, 4));
        var window = new WindowOptions(
            random.Next(1, 4), random.Next(1, 4), random.Next(1, 4), random.Next(1, 4), (Padding)random.Next(2),
            (Activation)random.Next(4));
        int[] input = [random.Next(1, 3), random.Next(7, 13), random.Next(7, 13), channels];
        int[] weights = isDepthwise
            ? [1, filter.Height, filter.Width, outputs]
            : [outputs, filter.Height, filter.Width, channels];
        AddConvolution(sheet, input, weights, window, isDepthwise, rounding);
    }

    private static void AddConvolution(
        OperatorSheet sheet, int[] input, int[] weights, WindowOptions window, bool isDepthwise, Rounding rounding)
    {
        Random random = sheet.Random;
        int outputs = weights[isDepthwise ? 3 : 0];
        int depth = weights[1] * weights[2] * (isDepthwise ? 1 : weights[3]);
        Quantization quantization = sheet.Quantization();
        var filters = new Quantization((float)(0.001 + (random.NextDouble() / 50)), random.Next(-128, 128));
        float spread = quantization.Scale * filters.Scale * 120 * MathF.Sqrt(depth);
        bool hasBias = random.Next(4) != 0;
        Tensor[] inputs =
        [
            sheet.Input(TensorType.Int8, quantization, input),
            sheet.Constant(TensorType.Int8, filters, weights),
            .. hasBias ? [sheet.Integers(TensorType.Int32, 3_000, outputs)] : Array.Empty<Tensor>(),
        ];
        Tensor output = sheet.Output(
            TensorType.Int8,
            new Quantization(spread * (float)(0.3 + random.NextDouble()), random.Next(-128, 128)),
            Output(input, (weights[1], weights[2]), window, outputs));
        Convolution op = isDepthwise
            ? new DepthwiseConv2D([.. inputs], output, window, isLegacy: true)
            : new Conv2D([.. inputs], output, window, isLegacy: true);
        sheet.Add(op, values => PlainLegacy.Convolution(
            op, values[0], values[1], values.Length > 2 ? values[2] : null, rounding));
    }

    private static int[] Output(
        int[] input, (int Height, int Width) filter, WindowOptions window, int channels) =>
    [
        input[0],
        Positions(input[1], filter.Height, window.StrideHeight, window.DilationHeight, window.Padding),
        Positions(input[2], filter.Width, window.StrideWidth, window.DilationWidth, window.Padding),
        channels,
    ];

    private static int Positions(int size, int filter, int stride, int dilation, Padding padding) =>
        (int)Math.Ceiling((padding == Padding.Same ? size : size - ((filter - 1) * dilation)) / (double)stride);
}
