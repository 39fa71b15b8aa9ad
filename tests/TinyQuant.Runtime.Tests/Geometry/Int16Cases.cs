using TinyQuant.Kernels;
using TinyQuant.Kernels.Int16;
using TinyQuant.Runtime.Tests.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>int16 codes times int8 weights, in windows and rows.</summary>
internal static class Int16Cases
{
    [KernelCase("Conv2D.Int16")]
    public static void Conv2DInt16(GuardedSpans s)
    {
        (WindowGeometry g, int groups) = GroupedCases.Windows(s);
        int depth = g.PatchLength / groups;
        Span<short> input = s.Copy(Codes(s, WindowCases.Inputs(g))), output = s.Room<short>(WindowCases.Outputs(g)),
            patch = s.Room<short>(Int16Layout.Padded(depth));
        Span<sbyte> weights = s.Copy(s.Codes(g.OutputChannels * depth));
        Span<long> bias = s.Copy(Biases(s, g.OutputChannels));
        bool has64Bits = s.Once(2);
        Int16FixedPointCase constants = new(s, g.OutputChannels, has64Bits);
        if (has64Bits)
        {
            Conv2D.Int16<Sums64>(input, g, groups, weights, bias, constants.Requantization, patch, output);
        }
        else
        {
            Conv2D.Int16<Sums32Double>(input, g, groups, weights, bias, constants.Requantization, patch, output);
        }

        double[] sums = GroupedCases.Sums(g, groups, Doubles(input), WindowCases.Less(weights, 0), Doubles(bias));
        Assert.Equal(constants.Codes(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("DepthwiseConv2D.Int16")]
    public static void DepthwiseInt16(GuardedSpans s)
    {
        WindowGeometry g = WindowCases.Depthwise(s);
        Span<short> input = s.Copy(Codes(s, WindowCases.Inputs(g))), output = s.Room<short>(WindowCases.Outputs(g));
        Span<sbyte> weights = s.Copy(s.Codes(WindowCases.DepthwiseWeights(g)));
        Span<long> bias = s.Copy(Biases(s, g.OutputChannels));
        Int16FixedPointCase constants = new(s, g.OutputChannels, has64Bits: true);
        DepthwiseConv2D.Int16(
            input, g, weights, bias, constants.Requantization, s.Room<short>(weights.Length), output);
        double[] sums = PlainWindows.DepthwiseConv2D(g, Doubles(input), WindowCases.Less(weights, 0), Doubles(bias));
        Assert.Equal(constants.Codes(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("TransposeConv.Int16")]
    public static void TransposeInt16(GuardedSpans s)
    {
        bool isDeep = s.Once(8);
        WindowGeometry g = RandomWindows.Transposed(s, isDeep ? s.Int(250, 600) : s.Length(40), s.Length(70));
        Span<short> input = s.Copy(
            isDeep ? s.Values(WindowCases.Inputs(g), () => short.MinValue) : Codes(s, WindowCases.Inputs(g)));
        Span<short> output = s.Room<short>(WindowCases.Outputs(g));
        int count = g.OutputChannels * g.PatchLength;
        Span<sbyte> weights = s.Copy(isDeep ? s.Values(count, () => sbyte.MinValue) : s.Codes(count));
        Span<long> bias = s.Copy(Biases(s, g.OutputChannels));
        Int16FixedPointCase constants = new(s, g.OutputChannels, has64Bits: true);
        TransposeConv.Int16(input, g, weights, bias, constants.Requantization, output);
        double[] sums = PlainWindows.TransposeConv(g, Doubles(input), WindowCases.Less(weights, 0), Doubles(bias));
        Assert.Equal(constants.Codes(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("FullyConnected.Int16")]
    public static void FullyConnectedInt16(GuardedSpans s)
    {
        // Now and then so deep that lanes of 32 bits would overflow.
        (int rows, int depth, int outputs) = (s.Int(1, 3), s.Once(10) ? s.Int(5_000, 9_000) : s.Length(), s.Length());
        short[] codes = depth > 1_000 ? s.Values(rows * depth, () => short.MinValue) : Codes(s, rows * depth);
        Span<short> input = s.Copy(codes), output = s.Room<short>(rows * outputs),
            row = s.Room<short>(Int16Layout.Padded(depth));
        Span<sbyte> weights = s.Copy(
            depth > 1_000 ? s.Values(outputs * depth, () => sbyte.MinValue) : s.Codes(outputs * depth));
        Span<long> bias = s.Copy(Biases(s, outputs));
        int zeroPoint = s.Once(2) ? 0 : s.Int(-32768, 32767), weightsZeroPoint = s.Once(2) ? 0 : s.Int(-128, 127);
        bool has64Bits = s.Once(2);
        Int16FixedPointCase constants = new(s, outputs, has64Bits);
        if (has64Bits)
        {
            FullyConnected.Int16<Sums64>(
                input, zeroPoint, weights, weightsZeroPoint, bias, constants.Requantization, row, output);
        }
        else
        {
            FullyConnected.Int16<Sums32Double>(
                input, zeroPoint, weights, weightsZeroPoint, bias, constants.Requantization, row, output);
        }

        double[] sums = DenseCases.Sums(
            Array.ConvertAll(codes, code => (double)code - zeroPoint), WindowCases.Less(weights, weightsZeroPoint),
            Doubles(bias), rows);
        Assert.Equal(constants.Codes(sums, outputs), output.ToArray());
    }

    /// <summary>int16 codes, the least one often: its products are the largest.</summary>
    public static short[] Codes(GuardedSpans s, int count) =>
        s.Values(count, () => (short)(s.Once(8) ? short.MinValue : s.Int(short.MinValue, short.MaxValue)));

    public static double[] Doubles(ReadOnlySpan<short> values) =>
        Array.ConvertAll(values.ToArray(), value => (double)value);

    private static double[] Doubles(ReadOnlySpan<long> values) =>
        Array.ConvertAll(values.ToArray(), value => (double)value);

    private static long[] Biases(GuardedSpans s, int count) =>
        s.Values(count, () => s.Random.NextInt64(-3_000_000_000, 3_000_000_001));
}
