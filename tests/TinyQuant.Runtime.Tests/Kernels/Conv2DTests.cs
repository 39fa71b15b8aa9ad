using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class Conv2DTests
{
    private static readonly Gen<WindowGeometry> s_window = Windows.Any(
        Gen.OneOf(Gen.Int[1, 9], Gen.OneOfConst(16, 33)),
        outputChannels: Gen.OneOf(Gen.Int[1, 12], Gen.OneOfConst(33, 70)));

    [Fact]
    public void Int8_of_any_window() => Gen.Select(s_window, Gen.Bool, Gen.Int[0, 10_000]).Sample((g, full, seed) =>
    {
        if (full)
        {
            Int8<FullWeights>(g, seed);
        }
        else
        {
            Int8<NarrowWeights>(g, seed);
        }
    }, iter: 400);

    [Fact]
    public void Int8_of_windows_that_lie_far_apart() =>
        Gen.Select(Windows.Far(), Gen.Int[0, 10_000]).Sample((g, seed) => Int8<FullWeights>(g, seed), iter: 100);

    [Fact]
    public void Float32_of_windows_that_lie_far_apart() =>
        Gen.Select(Windows.Far(), Gen.Int[0, 10_000]).Sample(Float32, iter: 50);

    [Fact]
    public void Float32_of_any_window() => Gen.Select(s_window, Gen.Int[0, 10_000]).Sample(Float32, iter: 200);

    private static void Float32(WindowGeometry g, int seed)
    {
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: false, seed);
        using GuardedBuffer<float> input = new(window.Reals.Select(x => (float)x / 8).ToArray());
        using GuardedBuffer<float> weights = new(
            PackedWeights.PackFloats(
                window.RealWeights.Select(w => (float)w / 8).ToArray(), g.OutputChannels, g.PatchLength));
        using GuardedBuffer<float> bias = new(window.RealBias.Select(b => (float)b / 64).ToArray());
        using GuardedBuffer<float> output = new(window.Output.Span.Length);
        using GuardedBuffer<float> patch = new(Conv2D.FloatScratchLength(g));
        Conv2D.Float32(input.Span, g, weights.Span, bias.Span, -100, 200, patch.Span, output.Span);

        // Sums of 64ths below 2^18 are exact in any order.
        double[] sums = PlainWindows.Conv2D(g, window.Reals, window.RealWeights, window.RealBias);
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum / 64, -100, 200)), output.Span.ToArray());
    }

    [Fact]
    public void Windows_of_one_element_that_skip_none_need_no_patch()
    {
        WindowGeometry g = new(2, 3, 2, 12, 3, 2, 24, 1, 1);
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: false, 1);
        sbyte[] packed = Packed(window);
        Conv2D.Int8<NarrowWeights, RequantDouble>(
            window.Input.Span, g, packed, Folded(window), window.InputZeroPoint, window.Requantization, default,
            window.Output.Span);
        Assert.Equal(window.Codes(PlainWindows.Conv2D(g, window.Reals, window.RealWeights, window.RealBias)),
            window.Output.Span.ToArray());
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        WindowGeometry g = new(1, 4, 4, 3, 2, 2, 5, 3, 3);
        static void Int8(
            WindowGeometry g, int input = 48, int weights = 180, int bias = 5, int patch = 84, int output = 20) =>
            Conv2D.Int8<NarrowWeights, RequantDouble>(
                new sbyte[input], g, new sbyte[weights], new int[bias], 0, new([1], [0], 0, -128, 127),
                new sbyte[patch],
                new sbyte[output]);

        static void Float32(
            WindowGeometry g, int input = 48, int weights = 135, int bias = 5, int patch = 75, int output = 20) =>
            Conv2D.Float32(
                new float[input], g, new float[weights], new float[bias], 0, 1, new float[patch], new float[output]);

        Int8(g);
        Float32(g);
        foreach (Action<WindowGeometry> wrong in (Action<WindowGeometry>[])
            [
                w => Int8(w, input: 47), w => Int8(w, weights: 179), w => Int8(w, bias: 4), w => Int8(w, patch: 83),
                w => Int8(w, output: 21),
                w => Float32(w, input: 47), w => Float32(w, weights: 134), w => Float32(w, bias: 6),
                w => Float32(w, patch: 26), w => Float32(w, output: 19), w => Float32(w, patch: 74),
            ])
        {
            Assert.Throws<ArgumentException>(() => wrong(g));
        }

        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 5, 0, 3)));
        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 5, 3, 3, strideHeight: 0)));
        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 5, 3, 3, dilationWidth: 0)));
        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 5, 3, 3, paddingTop: -1)));
        Assert.Throws<ArgumentException>(() => Int8(new(1, 4, 4, 3, 2, 2, 5, 1 << 16, 1 << 16), weights: 0, patch: 0));
        Assert.Throws<ArgumentException>(() => Int8(new(1 << 16, 1 << 16, 1 << 16, 1 << 16, 2, 2, 5, 3, 3), input: 0));
    }

    private static void Int8<TRange>(WindowGeometry g, int seed)
        where TRange : struct, IWeightRange
    {
        using WindowCase window = new(g, g.OutputChannels * g.PatchLength, full: !TRange.IsNarrow, seed);
        using GuardedBuffer<sbyte> packed = new(Packed(window));
        using GuardedBuffer<sbyte> patch = new(Conv2D.ScratchLength(g));
        Conv2D.Int8<TRange, RequantDouble>(
            window.Input.Span, g, packed.Span, Folded(window), window.InputZeroPoint, window.Requantization, patch.Span,
            window.Output.Span);
        Assert.Equal(window.Codes(PlainWindows.Conv2D(g, window.Reals, window.RealWeights, window.RealBias)),
            window.Output.Span.ToArray());
    }

    private static sbyte[] Packed(WindowCase window) => PackedWeights.PackRows(
        window.Weights.Span, window.G.OutputChannels, window.G.FilterHeight,
        window.G.FilterWidth * window.G.InputChannels);

    /// <summary>bias − zp · Σw.</summary>
    private static int[] Folded(WindowCase window)
    {
        int[] bias = window.Bias.Span.ToArray();
        for (int i = 0; i < window.Weights.Span.Length; i++)
        {
            bias[i / window.G.PatchLength] -= window.InputZeroPoint * window.Weights.Span[i];
        }

        return bias;
    }
}
