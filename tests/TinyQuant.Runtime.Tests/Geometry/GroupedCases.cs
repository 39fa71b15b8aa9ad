using TinyQuant.Kernels;
using TinyQuant.Runtime.Tests.Kernels;

namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>Convolutions whose groups of outputs read channels of their own.</summary>
internal static class GroupedCases
{
    [KernelCase("Conv2D.Int8Grouped")]
    public static void Int8(GuardedSpans s)
    {
        (WindowGeometry g, int groups) = Windows(s);
        int depth = g.PatchLength / groups, outputs = g.OutputChannels / groups;
        Span<sbyte> input = s.Copy(s.Codes(WindowCases.Inputs(g))), output = s.Room<sbyte>(WindowCases.Outputs(g));
        sbyte[] weights = s.Codes(g.OutputChannels * depth);
        int[] bias = s.Biases(g.OutputChannels);
        int zeroPoint = s.Int(-128, 127);
        sbyte[] packed = [
            .. Enumerable.Range(0, groups).SelectMany(group => PackedWeights.Pack(
                weights.AsSpan(group * outputs * depth, outputs * depth).ToArray(), outputs, depth))];
        FixedPointCase constants = s.FixedPoint(g.OutputChannels);
        Conv2D.Int8Grouped<FullWeights, RequantDouble>(
            input, g, groups, s.Copy(packed), s.Copy(WindowCases.Folded(bias, weights, zeroPoint)), zeroPoint,
            constants.Requantization, s.Room<sbyte>(depth), output);
        double[] sums = Sums(
            g, groups, WindowCases.Less(input, zeroPoint), WindowCases.Less(weights, 0), WindowCases.Doubles(bias));
        Assert.Equal(constants.Codes<RequantDouble>(sums, g.OutputChannels), output.ToArray());
    }

    [KernelCase("Conv2D.Float32Grouped")]
    public static void Float32(GuardedSpans s)
    {
        (WindowGeometry g, int groups) = Windows(s);
        int depth = g.PatchLength / groups;
        float[] input = s.Eighths(WindowCases.Inputs(g)), weights = s.Eighths(g.OutputChannels * depth),
            bias = s.Eighths(g.OutputChannels);
        Span<float> output = s.Room<float>(WindowCases.Outputs(g));
        Conv2D.Float32Grouped(
            s.Copy(input), g, groups, s.Copy(weights), s.Copy(bias), -100, 200, s.Room<float>(depth), output);
        double[] sums = Sums(
            g, groups, WindowCases.Doubles(input), WindowCases.Doubles(weights), WindowCases.Doubles(bias));
        Assert.Equal(sums.Select(sum => (float)Math.Clamp(sum, -100, 200)), output.ToArray());
    }

    /// <summary>Windows over channels in groups, and how many these are.</summary>
    public static (WindowGeometry Windows, int Groups) Windows(GuardedSpans s)
    {
        int groups = s.Int(1, 4);
        return (RandomWindows.Of(s, groups * s.Length(17), groups * s.Length(17)), groups);
    }

    /// <summary>The sums of all channels, with weights of 0 for those of other groups.</summary>
    public static double[] Sums(WindowGeometry g, int groups, double[] input, double[] weights, double[] bias)
    {
        int channels = g.InputChannels / groups, outputs = g.OutputChannels / groups;
        var all = new double[g.OutputChannels * g.PatchLength];
        for (int i = 0; i < weights.Length; i++)
        {
            int group = i / (g.PatchLength / groups) / outputs;
            all[(i / channels * g.InputChannels) + (group * channels) + (i % channels)] = weights[i];
        }

        return PlainWindows.Conv2D(g, input, all, bias);
    }
}
