using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class TransposeConvTests
{
    private static readonly Gen<WindowGeometry> s_window = Windows.Any(
        Gen.OneOf(Gen.Int[1, 9], Gen.OneOfConst(16, 33)),
        outputChannels: Gen.OneOf(Gen.Int[1, 9], Gen.OneOfConst(17, 70)));

    [Fact]
    public void Int8_of_any_window() => Gen.Select(s_window, Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: true, seed);
        TransposeConv.Int8<RequantDouble>(
            window.Input.Span, g, window.Weights.Span, window.Bias.Span, window.InputZeroPoint, window.Requantization,
            window.Output.Span);
        Assert.Equal(
            window.Codes(PlainWindows.TransposeConv(g, window.Reals, window.RealWeights, window.RealBias)),
            window.Output.Span.ToArray());
    }, iter: 300);

    [Fact]
    public void Float32_of_any_window() => Gen.Select(s_window, Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: true, seed);
        using GuardedBuffer<float> input = new(window.Reals.Select(x => (float)x / 8).ToArray());
        using GuardedBuffer<float> weights = new(window.RealWeights.Select(w => (float)w / 8).ToArray());
        using GuardedBuffer<float> bias = new(window.RealBias.Select(b => (float)b / 64).ToArray());
        using GuardedBuffer<float> output = new(window.Output.Span.Length);
        TransposeConv.Float32(input.Span, g, weights.Span, bias.Span, -100, 200, output.Span);

        // Sums of 64ths below 2^18 are exact in any order.
        double[] sums = PlainWindows.TransposeConv(g, window.Reals, window.RealWeights, window.RealBias);
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum / 64, -100, 200)), output.Span.ToArray());
    }, iter: 150);

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        WindowGeometry g = new(1, 2, 2, 3, 4, 4, 5, 3, 3, 2, 2);
        static void Int8(WindowGeometry g, int input = 12, int weights = 135, int bias = 5, int output = 80) =>
            TransposeConv.Int8<RequantDouble>(
                new sbyte[input], g, new sbyte[weights], new int[bias], 0, new([1], [0], 0, -128, 127),
                new sbyte[output]);

        static void Float32(WindowGeometry g, int input = 12, int weights = 135, int bias = 5, int output = 80) =>
            TransposeConv.Float32(new float[input], g, new float[weights], new float[bias], 0, 1, new float[output]);

        Int8(g);
        Float32(g);
        foreach (Action<WindowGeometry> wrong in (Action<WindowGeometry>[])
            [
                w => Int8(w, input: 11), w => Int8(w, weights: 134), w => Int8(w, bias: 6), w => Int8(w, output: 79),
                w => Float32(w, input: 13), w => Float32(w, weights: 136), w => Float32(w, bias: 4),
                w => Float32(w, output: 81),
            ])
        {
            Assert.Throws<ArgumentException>(() => wrong(g));
        }
    }
}
