using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class DepthwiseConv2DTests
{
    private static readonly Gen<int> s_channels = Gen.OneOf(Gen.Int[1, 9], Gen.OneOfConst(15, 16, 17, 24, 33, 70));

    private static readonly Gen<WindowGeometry> s_window = Windows.Any(
        s_channels, channels: Gen.OneOf(Gen.Const(1), Gen.Int[2, 9]));

    [Fact]
    public void Int8_of_any_window() => Gen.Select(s_window, Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.FilterHeight * g.FilterWidth * g.OutputChannels, full: true, seed);
        DepthwiseConv2D.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            default, window.Output.Span);
        Assert.Equal(Expected(window), window.Output.Span.ToArray());
    }, iter: 600);

    [Fact]
    public void Int8_written_over_its_input() =>
        Gen.Select(Windows.Same(s_channels), Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.FilterHeight * g.FilterWidth * g.OutputChannels, full: true, seed);
        using GuardedBuffer<sbyte> rows = new((((g.FilterHeight - 1) * g.DilationHeight) + 1) * g.InputRow);
        sbyte[] expected = Expected(window);
        DepthwiseConv2D.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            rows.Span,
            window.Input.Span[..expected.Length]);
        Assert.Equal(expected, window.Input.Span[..expected.Length].ToArray());
    }, iter: 600);

    /// <summary>
    /// What small windows do not reach: several tiles of columns and of rows, and each order of loops.
    /// </summary>
    [Theory]
    [InlineData(48, 48, 8, 3, 1)]
    [InlineData(48, 48, 16, 3, 2)]
    [InlineData(6, 70, 32, 3, 1)]
    [InlineData(5, 300, 8, 3, 1)]
    [InlineData(12, 12, 64, 3, 2)]
    [InlineData(9, 9, 200, 3, 2)]
    [InlineData(25, 5, 64, 3, 1)]
    [InlineData(10, 40, 40, 5, 1)]
    [InlineData(14, 6, 32, 7, 1)]
    [InlineData(7, 9, 24, 3, 1)]
    public void Int8_of_layers_apart_and_in_place(int height, int width, int channels, int filter, int stride)
    {
        (int rows, int columns) = ((height + stride - 1) / stride, (width + stride - 1) / stride);
        int padding = stride == 1 ? filter / 2 : 0;
        WindowGeometry g = new(
            2, height, width, channels, rows, columns, channels, filter, filter, stride, stride, paddingTop: padding,
            paddingLeft: padding);
        using WindowCase window = new(g, filter * filter * channels, full: true, seed: height);
        sbyte[] expected = Expected(window);
        DepthwiseConv2D.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            default, window.Output.Span);
        Assert.Equal(expected, window.Output.Span.ToArray());
        using GuardedBuffer<sbyte> ring = new(filter * g.InputRow);
        Span<sbyte> output = window.Input.Span[..expected.Length];
        DepthwiseConv2D.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            ring.Span, output);
        Assert.Equal(expected, output.ToArray());
    }

    [Fact]
    public void Rows_may_be_given_where_nothing_is_shared() =>
        Gen.Select(Windows.Same(s_channels), Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.FilterHeight * g.FilterWidth * g.OutputChannels, full: true, seed);
        sbyte[] input = window.Input.Span.ToArray();
        DepthwiseConv2D.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            new sbyte[(((g.FilterHeight - 1) * g.DilationHeight) + 1) * g.InputRow], window.Output.Span);
        Assert.Equal(Expected(window), window.Output.Span.ToArray());
        Assert.Equal(input, window.Input.Span.ToArray());
    }, iter: 100);

    [Fact]
    public void Float32_of_any_window() => Gen.Select(s_window, Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.FilterHeight * g.FilterWidth * g.OutputChannels, full: true, seed);
        using GuardedBuffer<float> input = new(window.Reals.Select(x => (float)x / 8).ToArray());
        using GuardedBuffer<float> weights = new(window.RealWeights.Select(w => (float)w / 8).ToArray());
        using GuardedBuffer<float> bias = new(window.RealBias.Select(b => (float)b / 64).ToArray());
        using GuardedBuffer<float> output = new(window.Output.Span.Length);
        DepthwiseConv2D.Float32(input.Span, g, weights.Span, bias.Span, -100, 200, output.Span);

        // Sums of 64ths below 2^18 are exact in any order.
        double[] sums = PlainWindows.DepthwiseConv2D(g, window.Reals, window.RealWeights, window.RealBias);
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum / 64, -100, 200)), output.Span.ToArray());
    }, iter: 200);

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        WindowGeometry g = new(1, 4, 4, 3, 2, 2, 6, 3, 3);
        WindowGeometry one = new(1, 4, 4, 3, 2, 2, 3, 3, 3);
        static void Int8(
            WindowGeometry g, int input = 48, int weights = 54, int bias = 6, int rows = 0, int output = 24) =>
            DepthwiseConv2D.Int8<RequantDouble>(
                new sbyte[input], g, new sbyte[weights], new int[bias], 0, new([1], [0], 0, -128, 127), new sbyte[rows],
                new sbyte[output]);

        static void Float32(WindowGeometry g, int input = 48, int weights = 54, int bias = 6, int output = 24) =>
            DepthwiseConv2D.Float32(new float[input], g, new float[weights], new float[bias], 0, 1, new float[output]);

        Int8(g);
        Float32(g);
        Int8(one, weights: 27, bias: 3, rows: 36, output: 12);
        foreach (Action<WindowGeometry> wrong in (Action<WindowGeometry>[])
            [
                w => Int8(w, input: 47), w => Int8(w, weights: 53), w => Int8(w, bias: 7), w => Int8(w, output: 23),
                w => Float32(w, input: 47), w => Float32(w, weights: 55), w => Float32(w, bias: 5),
                w => Float32(w, output: 25),
            ])
        {
            Assert.Throws<ArgumentException>(() => wrong(g));
        }

        Assert.Throws<ArgumentException>(() => Int8(one, weights: 27, bias: 3, rows: 35, output: 12));
        Assert.Throws<ArgumentException>(() =>
            Int8(new(1, 4, 4, 3, 2, 5, 3, 3, 3), weights: 27, bias: 3, rows: 36, output: 30));
        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 4, 3, 3), weights: 36, bias: 4, output: 16));
    }

    private static sbyte[] Expected(WindowCase window) =>
        window.Codes(PlainWindows.DepthwiseConv2D(window.G, window.Reals, window.RealWeights, window.RealBias));
}
