using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels;
using TinyQuant.Runtime.Tests.Kernels.Int4;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Convolutions with int4 weights, and with weights in int8 between real values.</summary>
internal static class NarrowCases
{
    [KernelCase("Conv2D.Int4")]
    public static void Conv2DInt4(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(40), s.Length(70));
        using Int4Case int4 = new(g.OutputChannels, g.PatchLength, g.FilterHeight, s.Once(2), s.Random);
        Span<sbyte> input = s.Copy(s.Codes(WindowCases.Inputs(g))), output = s.Room<sbyte>(WindowCases.Outputs(g));
        int[] bias = s.Biases(g.OutputChannels);
        int zeroPoint = s.Int(-128, 127);
        int most = s.Of(8, 16, 1000);
        int depth = Conv2D.PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels);
        int positions = output.Length / g.OutputChannels;
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        Conv2D.Int4<RequantDouble>(
            input, g, s.Copy<sbyte>(int4.Packed.Span), s.Copy<sbyte>(int4.Multipliers.Span),
            s.Copy(WindowCases.Folded(bias, int4.Weights, zeroPoint)),
            zeroPoint, constants.Requantization, most,
            s.Room<sbyte>(most >= g.OutputChannels ? g.OutputChannels * depth : most * (depth + positions)),
            s.Room<sbyte>(Conv2D.ScratchLength(g)), output);
        double[] sums = PlainWindows.Conv2D(
            g, WindowCases.Less(input, zeroPoint), WindowCases.Less(int4.Weights, 0), WindowCases.Doubles(bias));
        Assert.Equal(constants.Codes<RequantDouble>(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("DepthwiseConv2D.Int4")]
    public static void DepthwiseInt4(GuardedSpans s)
    {
        WindowGeometry g = WindowCases.Depthwise(s);
        sbyte[] weights = s.Values(WindowCases.DepthwiseWeights(g), () => (sbyte)s.Int(-7, 7));
        Span<sbyte> input = s.Copy(s.Codes(WindowCases.Inputs(g))), output = s.Room<sbyte>(WindowCases.Outputs(g));
        int[] bias = s.Biases(g.OutputChannels);
        int zeroPoint = s.Int(-128, 127);
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        DepthwiseConv2D.Int4<RequantDouble>(
            input, g, s.Copy(PackedWeights.PackInt4(weights)), s.Copy(bias), zeroPoint, constants.Requantization,
            s.Room<sbyte>(weights.Length), default, output);
        double[] sums = PlainWindows.DepthwiseConv2D(
            g, WindowCases.Less(input, zeroPoint), WindowCases.Less(weights, 0), WindowCases.Doubles(bias));
        Assert.Equal(constants.Codes<RequantDouble>(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("Conv2D.Hybrid")]
    public static void Conv2DHybrid(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(40), s.Length(70));
        float[] input = s.Eighths(WindowCases.Inputs(g)), bias = s.Eighths(g.OutputChannels);
        sbyte[] weights = s.Codes(g.OutputChannels * g.PatchLength, -127);
        float[] scales = Scales(s, g);
        int[] sums = [
            .. Enumerable.Range(0, g.OutputChannels)
            .Select(o => weights.Skip(o * g.PatchLength).Take(g.PatchLength).Sum(w => w))];
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        Conv2D.Hybrid<NarrowWeights>(
            s.Copy(input), g,
            s.Copy(PackedWeights.PackRows(weights, g.OutputChannels, g.FilterHeight, g.FilterWidth * g.InputChannels)),
            s.Copy(sums), s.Copy(scales), s.Copy(bias), -100, 200, s.Room<sbyte>(input.Length / g.Batches),
            s.Room<sbyte>(Conv2D.PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels)), output);
        Assert.Equal(Plain(g, input, weights, scales, bias, PlainWindows.Conv2D), output.ToArray());
    }

    [KernelCase("Conv2D.HybridSymmetric")]
    public static void Conv2DHybridSymmetric(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(40), s.Length(70));
        float[] input = s.Eighths(WindowCases.Inputs(g)), bias = s.Eighths(g.OutputChannels);
        sbyte[] weights = s.Codes(g.OutputChannels * g.PatchLength, -127);
        const float weightScale = 0.0123f;
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        Conv2D.HybridSymmetric<NarrowWeights>(
            s.Copy(input), g,
            s.Copy(PackedWeights.PackRows(weights, g.OutputChannels, g.FilterHeight, g.FilterWidth * g.InputChannels)),
            weightScale, s.Copy(bias), -100, 200, s.Room<sbyte>(input.Length / g.Batches),
            s.Room<sbyte>(Conv2D.PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels)), output);
        Assert.Equal(
            Plain(
                g, input, weights, bias, PlainWindows.Conv2D, PlainSymmetric.Quantize,
                (sum, scale, o) => (sum * (scale * weightScale)) + bias[o]),
            output.ToArray());
    }

    [KernelCase("DepthwiseConv2D.Hybrid")]
    public static void DepthwiseHybrid(GuardedSpans s)
    {
        WindowGeometry g = WindowCases.Depthwise(s);
        float[] input = s.Eighths(WindowCases.Inputs(g)), bias = s.Eighths(g.OutputChannels);
        sbyte[] weights = s.Codes(WindowCases.DepthwiseWeights(g));
        float[] scales = Scales(s, g);
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        DepthwiseConv2D.Hybrid(
            s.Copy(input), g, s.Copy(weights), s.Copy(scales), s.Copy(bias), -100, 200,
            s.Room<sbyte>(input.Length / g.Batches), output);
        Assert.Equal(Plain(g, input, weights, scales, bias, PlainWindows.DepthwiseConv2D), output.ToArray());
    }

    private static float[] Scales(GuardedSpans s, WindowGeometry g) =>
        s.Values(s.Once(2) ? 1 : g.OutputChannels, () => (s.Random.NextSingle() + 0.1f) / 64);

    /// <summary>
    /// Each image by its own range, then clamp((acc · weight scale) · input scale + bias), every step rounded to
    /// float32.
    /// </summary>
    private static float[] Plain(
        WindowGeometry g, float[] input, sbyte[] weights, float[] scales, float[] bias,
        Func<WindowGeometry, double[], double[], double[], double[]> sums) => Plain(
            g, input, weights, bias, sums,
            image =>
            {
                var codes = new sbyte[image.Length];
                Quantize.Dynamic(image, codes, out float scale, out int zeroPoint);
                return (codes, scale, zeroPoint);
            },
            (sum, scale, o) =>
            {
                float scaled = sum * scales[scales.Length == 1 ? 0 : o];
                scaled *= scale;
                return scaled + bias[o];
            });

    private static float[] Plain(
        WindowGeometry g, float[] input, sbyte[] weights, float[] bias,
        Func<WindowGeometry, double[], double[], double[], double[]> sums,
        Func<float[], (sbyte[] Codes, float Scale, int ZeroPoint)> quantize, Func<float, float, int, float> real)
    {
        var results = new List<float>();
        WindowGeometry one = new(
            1, g.InputHeight, g.InputWidth, g.InputChannels, g.OutputHeight, g.OutputWidth, g.OutputChannels,
            g.FilterHeight, g.FilterWidth,
            g.StrideHeight, g.StrideWidth, g.DilationHeight, g.DilationWidth, g.PaddingTop, g.PaddingLeft);
        foreach (float[] image in input.Chunk(input.Length / g.Batches))
        {
            (sbyte[] codes, float scale, int zeroPoint) = quantize(image);
            double[] accumulators = sums(
                one, WindowCases.Less(codes, zeroPoint), WindowCases.Less(weights, 0), new double[bias.Length]);
            for (int i = 0; i < accumulators.Length; i++)
            {
                results.Add(Math.Min(Math.Max(real((float)accumulators[i], scale, i % bias.Length), -100), 200));
            }
        }

        return [.. results];
    }
}
