using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Convolutions over any window, int8 and float32.</summary>
internal static class WindowCases
{
    [KernelCase("Conv2D.Int8")]
    public static void Conv2DInt8(GuardedSpans s)
    {
        if (s.Once(2))
        {
            Conv2DInt8<NarrowWeights, RequantDouble>(s);
        }
        else
        {
            Conv2DInt8<FullWeights, RequantSingle>(s);
        }
    }

    [KernelCase("Conv2D.Float32")]
    public static void Conv2DFloat32(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(40), s.Length(70));
        float[] input = s.Eighths(Inputs(g)), weights = s.Eighths(g.OutputChannels * g.PatchLength),
            bias = s.Eighths(g.OutputChannels);
        Span<float> output = s.Room<float>(Outputs(g));
        Conv2D.Float32(
            s.Copy(input), g, s.Copy(PackedWeights.PackFloats(weights, g.OutputChannels, g.PatchLength)), s.Copy(bias),
            -100, 200, s.Room<float>(Conv2D.FloatScratchLength(g)), output);
        Reals(PlainWindows.Conv2D(g, Doubles(input), Doubles(weights), Doubles(bias)), output);
    }

    [KernelCase("DepthwiseConv2D.Int8")]
    public static void DepthwiseInt8(GuardedSpans s)
    {
        if (s.Once(2))
        {
            DepthwiseInt8<RequantDouble>(s, isInPlace: false);
        }
        else
        {
            DepthwiseInt8<RequantSingle>(s, isInPlace: false);
        }
    }

    [KernelCase("DepthwiseConv2D.Int8")]
    public static void DepthwiseInPlace(GuardedSpans s) => DepthwiseInt8<RequantDouble>(s, isInPlace: true);

    [KernelCase("DepthwiseConv2D.Float32")]
    public static void DepthwiseFloat32(GuardedSpans s)
    {
        WindowGeometry g = Depthwise(s);
        float[] input = s.Eighths(Inputs(g)), weights = s.Eighths(DepthwiseWeights(g)),
            bias = s.Eighths(g.OutputChannels);
        Span<float> output = s.Room<float>(Outputs(g));
        DepthwiseConv2D.Float32(s.Copy(input), g, s.Copy(weights), s.Copy(bias), -100, 200, output);
        Reals(PlainWindows.DepthwiseConv2D(g, Doubles(input), Doubles(weights), Doubles(bias)), output);
    }

    [KernelCase("TransposeConv.Int8")]
    public static void TransposeInt8(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Transposed(s, s.Once(8) ? s.Int(250, 600) : s.Length(40), s.Length(70));
        Span<sbyte> input = s.Copy(s.Codes(Inputs(g))), weights = s.Copy(s.Codes(g.OutputChannels * g.PatchLength)),
            output = s.Room<sbyte>(Outputs(g));
        Span<int> bias = s.Copy(s.Biases(g.OutputChannels));
        int zeroPoint = s.Int(-128, 127);
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        TransposeConv.Int8<RequantDouble>(input, g, weights, bias, zeroPoint, constants.Requantization, output);
        double[] sums = PlainWindows.TransposeConv(g, Less(input, zeroPoint), Less(weights, 0), Doubles(bias));
        Assert.Equal(constants.Codes<RequantDouble>(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("TransposeConv.Float32")]
    public static void TransposeFloat32(GuardedSpans s)
    {
        WindowGeometry g = RandomWindows.Transposed(s, s.Length(40), s.Length(70));
        float[] input = s.Eighths(Inputs(g)), weights = s.Eighths(g.OutputChannels * g.PatchLength),
            bias = s.Eighths(g.OutputChannels);
        Span<float> output = s.Room<float>(Outputs(g));
        TransposeConv.Float32(s.Copy(input), g, s.Copy(weights), s.Copy(bias), -100, 200, output);
        Reals(PlainWindows.TransposeConv(g, Doubles(input), Doubles(weights), Doubles(bias)), output);
    }

    public static int Inputs(WindowGeometry g) => g.Batches * g.InputHeight * g.InputRow;

    public static int Outputs(WindowGeometry g) => g.Batches * g.OutputHeight * g.OutputRow;

    public static int DepthwiseWeights(WindowGeometry g) => g.FilterHeight * g.FilterWidth * g.OutputChannels;

    /// <summary>Codes less a zero point.</summary>
    public static double[] Less(ReadOnlySpan<sbyte> codes, int zeroPoint) =>
        Array.ConvertAll(codes.ToArray(), code => (double)(code - zeroPoint));

    public static double[] Doubles(ReadOnlySpan<int> values) =>
        Array.ConvertAll(values.ToArray(), value => (double)value);

    public static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>bias − zp · Σw.</summary>
    public static int[] Folded(ReadOnlySpan<int> bias, ReadOnlySpan<sbyte> weights, int zeroPoint)
    {
        int[] folded = bias.ToArray();
        for (int i = 0; i < weights.Length; i++)
        {
            folded[i / (weights.Length / folded.Length)] -= zeroPoint * weights[i];
        }

        return folded;
    }

    /// <summary>A channel in, some channels out; one of one most of the time.</summary>
    public static WindowGeometry Depthwise(GuardedSpans s)
    {
        int channels = s.Length();
        int multiplier = s.Once(3) ? s.Int(2, 5) : 1;
        return RandomWindows.Of(s, channels, channels * multiplier);
    }

    private static void Conv2DInt8<TRange, TRequantizer>(GuardedSpans s)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(70), s.Length(70));
        Span<sbyte> input = s.Copy(s.Codes(Inputs(g))), output = s.Room<sbyte>(Outputs(g));
        sbyte[] weights = s.Codes(g.OutputChannels * g.PatchLength, TRange.IsNarrow ? -127 : -128);
        int[] bias = s.Biases(g.OutputChannels);
        int zeroPoint = s.Int(-128, 127);
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        Conv2D.Int8<TRange, TRequantizer>(
            input, g,
            s.Copy(PackedWeights.PackRows(weights, g.OutputChannels, g.FilterHeight, g.FilterWidth * g.InputChannels)),
            s.Copy(Folded(bias, weights, zeroPoint)), zeroPoint, constants.Requantization,
            s.Room<sbyte>(Conv2D.ScratchLength(g)), output);
        double[] sums = PlainWindows.Conv2D(g, Less(input, zeroPoint), Less(weights, 0), Doubles(bias));
        Assert.Equal(constants.Codes<TRequantizer>(sums, g.OutputChannels), output.ToArray());
    }

    // Apart, or written over the input where the output is no larger, with rows to keep what is still needed.
    private static void DepthwiseInt8<TRequantizer>(GuardedSpans s, bool isInPlace)
        where TRequantizer : struct, IRequantizer
    {
        int channels = s.Length();
        WindowGeometry g = isInPlace ? RandomWindows.Same(s, channels, channels) : Depthwise(s);
        Span<sbyte> input = s.Copy(s.Codes(Inputs(g))), weights = s.Copy(s.Codes(DepthwiseWeights(g)));
        Span<int> bias = s.Copy(s.Biases(g.OutputChannels));
        int zeroPoint = s.Int(-128, 127);
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        double[] sums = PlainWindows.DepthwiseConv2D(g, Less(input, zeroPoint), Less(weights, 0), Doubles(bias));
        Span<sbyte> output = isInPlace ? input[..Outputs(g)] : s.Room<sbyte>(Outputs(g));
        Span<sbyte> rows = isInPlace
            ? s.Room<sbyte>((((g.FilterHeight - 1) * g.DilationHeight) + 1) * g.InputRow)
            : default;
        DepthwiseConv2D.Int8<TRequantizer>(input, g, weights, bias, zeroPoint, constants.Requantization, rows, output);
        Assert.Equal(constants.Codes<TRequantizer>(sums, g.OutputChannels), output.ToArray());
    }

    private static void Reals(double[] sums, ReadOnlySpan<float> output) =>
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum, -100, 200)), output.ToArray());
}
