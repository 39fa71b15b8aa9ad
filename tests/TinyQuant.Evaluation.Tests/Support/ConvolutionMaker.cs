using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Support;

/// <summary>Appends random convolutions to a graph.</summary>
internal static class ConvolutionMaker
{
    private static readonly float[] s_exactScales = [0.125f, 0.25f, 0.5f];

    /// <summary>An image that fits any window below: at least as large as the largest one.</summary>
    public static Tensor RandomImage(this GraphMaker maker, TensorType type, int channels)
    {
        Random random = maker.Random;
        int[] shape = [random.Next(1, 3), random.Next(7, 13), random.Next(7, 13), channels];
        return type == TensorType.Float32 ? maker.FloatInput(shape)
            : type == TensorType.Int16
            ? maker.Int16Input(new Quantization(s_exactScales[random.Next(3)], random.Next(-300, 300)), shape)
            : maker.Int8Input(new Quantization(s_exactScales[random.Next(3)], random.Next(-128, 128)), shape);
    }

    public static Tensor Conv2D(
        this GraphMaker maker, Tensor input, int outputs, (int Height, int Width) filter, WindowOptions window) =>
        maker.Convolution(input, [outputs, filter.Height, filter.Width, input.Shape[3]], window,
            (inputs, output) => new Conv2D(
                inputs, output, window,
                narrowSums: input.Type == TensorType.Int16 && inputs.Length == 2 && maker.Random.Next(2) == 0),
            Size(input, window, filter, outputs));

    /// <summary>Each of some groups of outputs has channels of its own.</summary>
    public static Tensor GroupedConv2D(
        this GraphMaker maker, Tensor input, int groups, int outputs, (int Height, int Width) filter,
        WindowOptions window) =>
        maker.Convolution(input, [outputs * groups, filter.Height, filter.Width, input.Shape[3] / groups], window,
            (inputs, output) => new Conv2D(inputs, output, window),
            Size(input, window, filter, outputs * groups));

    public static Tensor DepthwiseConv2D(
        this GraphMaker maker, Tensor input, int multiplier, (int Height, int Width) filter, WindowOptions window) =>
        maker.Convolution(input, [1, filter.Height, filter.Width, input.Shape[3] * multiplier], window,
            (inputs, output) => new DepthwiseConv2D(inputs, output, window),
            Size(input, window, filter, input.Shape[3] * multiplier));

    /// <summary>A graph whose float32 convolutions have random int8 weights instead.</summary>
    public static Graph WithDynamicRange(Graph graph, Random random)
    {
        var int8 = graph.Operators.OfType<Convolution>().ToDictionary(o => o.Weights, o => new Tensor(
            o.Weights.Name, TensorType.Int8, o.Weights.Shape,
            random.Next(2) == 0
                ? new Quantization(0.01f, 0)
                : new Quantization(
                    [.. Enumerable.Range(0, o.Output.Shape[3]).Select(_ => random.NextSingle() + 0.001f)],
                    0, o is DepthwiseConv2D ? 3 : 0),
            [.. GraphMaker.Values(o.Weights.ElementCount, () => (byte)random.Next(256))]));
        Tensor Of(Tensor tensor) => int8.GetValueOrDefault(tensor, tensor);
        return graph with
        {
            Tensors = [.. graph.Tensors.Select(Of)],
            Operators = [.. graph.Operators.Select(o => WithInputs(o, [.. o.Inputs.Select(Of)], random))],
        };
    }

    // Of one scale, some convolutions take inputs around 0.
    private static Operator WithInputs(Operator op, ImmutableArray<Tensor> inputs, Random random) =>
        op is Conv2D conv && inputs[1].Quantization is { IsPerChannel: false } && random.Next(2) == 0
            ? new Conv2D(inputs, conv.Output, conv.Window, symmetricInputs: true)
            : op.With(inputs, op.Outputs);

    /// <summary>To an output of which the last rows and columns may lie beyond what the input reaches.</summary>
    public static Tensor TransposeConv(
        this GraphMaker maker, Tensor input, int outputs, (int Height, int Width) filter, WindowOptions window,
        int beyond)
    {
        bool same = window.Padding == Padding.Same;
        int height = (input.Shape[1] * window.StrideHeight)
            + (same ? 0 : Math.Max(0, filter.Height - window.StrideHeight)) + beyond;
        int width = (input.Shape[2] * window.StrideWidth) + (same ? 0 : Math.Max(0, filter.Width - window.StrideWidth))
            + beyond;
        return maker.Convolution(input, [outputs, filter.Height, filter.Width, input.Shape[3]], window,
            (inputs, output) => new TransposeConv(inputs, output, window), [input.Shape[0], height, width, outputs],
            TensorType.Int16);
    }

    /// <summary>Any window up to 3 x 3 that fits <see cref="RandomImage"/>.</summary>
    public static ((int Height, int Width) Filter, WindowOptions Window) RandomWindow(
        this GraphMaker maker, bool dilated)
    {
        Random random = maker.Random;
        (int Height, int Width) filter = random.Next(4) == 0 ? (1, 1) : (random.Next(1, 4), random.Next(1, 4));
        var activation = (Activation)random.Next(4);
        return (filter,
            new WindowOptions(random.Next(1, 4), random.Next(1, 4), dilated ? random.Next(1, 4) : 1,
                dilated ? random.Next(1, 4) : 1,
            random.Next(2) == 0 ? Padding.Same : Padding.Valid, activation));
    }

    private static Tensor Convolution(
        this GraphMaker maker, Tensor input, int[] weights, WindowOptions window,
        Func<ImmutableArray<Tensor>, Tensor, Convolution> create, int[] shape,
        TensorType otherBias = TensorType.Int32)
    {
        Random random = maker.Random;
        int channels = shape[3];
        int count = weights.Aggregate(1, (a, b) => a * b);
        bool hasBias = random.Next(4) != 0;
        if (input.Type == TensorType.Float32)
        {
            // Eighths: their sums with such inputs are exact in any order.
            Tensor[] constants = [
                maker.Constant(
                    TensorType.Float32, GraphMaker.Values(count, () => random.Next(-16, 17) / 8f), null, weights)];
            Tensor real = maker.Activation(TensorType.Float32, null, shape);
            maker.Append(create(
                hasBias
                    ? [input, .. constants,
                        maker.Constant(TensorType.Float32, GraphMaker.Values(channels, () => random.Next(-16, 17) / 8f),
                            null, channels)]
                    : [input, .. constants],
                real));
            return real;
        }

        bool isFull = random.Next(3) == 0;
        int axis = weights[0] == 1 && weights[3] == channels ? 3 : 0;
        Quantization quantization = WeightScales(maker, channels, axis);
        Tensor filters = maker.Constant(TensorType.Int8,
            GraphMaker.Values(count, () => (sbyte)random.Next(isFull ? -128 : -127, 128)), quantization, weights);
        Tensor output = maker.Activation(
            input.Type, OutputScale(maker, input, quantization, count / channels), shape);
        maker.Append(create(
            hasBias
                ? [input, filters, maker.IntegerBias(input.Type, weights[0] == 1, channels, otherBias)]
                : [input, filters],
            output));
        return output;
    }

    // The sums of int16 images have 64 bits, or 32 where the bias has; transposed convolutions take it of int16 too.
    private static Tensor IntegerBias(
        this GraphMaker maker, TensorType type, bool isDepthwise, int channels, TensorType other)
    {
        Random random = maker.Random;
        return type == TensorType.Int16 && (isDepthwise || random.Next(2) == 0)
            ? maker.Constant(TensorType.Int64,
                GraphMaker.Values(channels, () => random.NextInt64(-3_000_000, 3_000_000)), null, channels)
            : type == TensorType.Int16 && other == TensorType.Int16
            ? maker.Constant(
                TensorType.Int16, GraphMaker.Values(channels, () => (short)random.Next(-3000, 3000)), null, channels)
            : maker.Constant(
                TensorType.Int32, GraphMaker.Values(channels, () => random.Next(-3000, 3000)), null, channels);
    }

    // Powers of two now and then, so that sums lie halfway between codes; 0 now and then.
    private static Quantization WeightScales(GraphMaker maker, int channels, int axis)
    {
        Random random = maker.Random;
        bool exact = random.Next(2) == 0;
        float Scale() => exact ? s_exactScales[random.Next(3)] : maker.Scale(0.001f, 0.02f);
        return random.Next(2) == 0 || channels == 1
            ? new Quantization(Scale(), 0)
            : new Quantization(
                [.. Enumerable.Range(0, channels).Select(o => o > 0 && random.Next(20) == 0 ? 0 : Scale())], 0, axis);
    }

    // So that sums spread over the codes and beyond; now and then a multiplier above one, or one that vanishes.
    private static Quantization OutputScale(GraphMaker maker, Tensor input, Quantization weights, int depth)
    {
        Random random = maker.Random;
        float product = input.Quantization!.Scale * weights.Scales.Max();
        float spread = product * 60 * MathF.Sqrt(depth);
        float scale = random.Next(10) switch
        {
            0 => product * 0.7f,
            1 => 1e9f,
            < 6 => product * MathF.Pow(2, random.Next(4, 11)),
            _ => spread * maker.Scale(0.3f, 1.5f),
        };
        return new Quantization(scale, random.Next(-128, 128));
    }

    private static int[] Size(Tensor input, WindowOptions window, (int Height, int Width) filter, int channels) =>
    [
        input.Shape[0],
        Positions(input.Shape[1], filter.Height, window.StrideHeight, window.DilationHeight, window.Padding),
        Positions(input.Shape[2], filter.Width, window.StrideWidth, window.DilationWidth, window.Padding),
        channels,
    ];

    private static int Positions(int input, int filter, int stride, int dilation, Padding padding) =>
        padding == Padding.Same
        ? (input + stride - 1) / stride
        : (input - ((filter - 1) * dilation) + stride - 1) / stride;
}
