using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>int8 convolutions whose weights have a zero point.</summary>
internal static class OffsetCases
{
    [KernelCase("Conv2D.Int8Offset")]
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

    [KernelCase("DepthwiseConv2D.Int8Offset")]
    public static void DepthwiseInt8(GuardedSpans s)
    {
        WindowGeometry g = WindowCases.Depthwise(s);
        Span<sbyte> input = s.Copy(s.Codes(WindowCases.Inputs(g))),
            weights = s.Copy(s.Codes(WindowCases.DepthwiseWeights(g))), output = s.Room<sbyte>(WindowCases.Outputs(g));
        int[] bias = s.Biases(g.OutputChannels);
        (int zeroPoint, int weightsZeroPoint) = (s.Int(-128, 127), s.Int(-128, 127));
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        DepthwiseConv2D.Int8Offset<RequantDouble>(
            input, g, weights, weightsZeroPoint, s.Copy(bias), zeroPoint, constants.Requantization, output);
        double[] sums = PlainWindows.DepthwiseConv2D(
            g, WindowCases.Less(input, zeroPoint), WindowCases.Less(weights, weightsZeroPoint),
            WindowCases.Doubles(bias));
        Assert.Equal(constants.Codes<RequantDouble>(sums, g.OutputChannels), output.ToArray());
    }

    private static void Conv2DInt8<TRange, TRequantizer>(GuardedSpans s)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = RandomWindows.Of(s, s.Length(70), s.Length(70));
        Span<sbyte> input = s.Copy(s.Codes(WindowCases.Inputs(g))), output = s.Room<sbyte>(WindowCases.Outputs(g));
        sbyte[] weights = s.Codes(g.OutputChannels * g.PatchLength, TRange.IsNarrow ? -127 : -128);
        int[] bias = s.Biases(g.OutputChannels);
        (int zeroPoint, int weightsZeroPoint) = (s.Int(-128, 127), s.Int(-128, 127));
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        sbyte[] packed = g.IsSingle // of one window of one element, which is a dense layer's
            ? PackedWeights.Pack(weights, g.OutputChannels, g.InputChannels)
            : PackedWeights.PackRows(weights, g.OutputChannels, g.FilterHeight, g.FilterWidth * g.InputChannels);
        Conv2D.Int8Offset<TRange, TRequantizer>(
            input, g, s.Copy(packed),
            weightsZeroPoint, s.Copy(WindowCases.Folded(bias, weights, zeroPoint)), zeroPoint,
            constants.Requantization, s.Room<int>(output.Length / g.OutputChannels),
            s.Room<sbyte>(Conv2D.ScratchLength(g)), output);
        double[] sums = PlainWindows.Conv2D(
            g, WindowCases.Less(input, zeroPoint), WindowCases.Less(weights, weightsZeroPoint),
            WindowCases.Doubles(bias));
        Assert.Equal(constants.Codes<TRequantizer>(sums, g.OutputChannels), output.ToArray());
    }
}
