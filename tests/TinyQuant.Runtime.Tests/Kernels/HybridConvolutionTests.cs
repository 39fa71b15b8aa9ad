using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>
/// Convolutions with dynamic range: what they refuse, and that they allocate nothing. Their results are compared with
/// plain loops in TinyQuant.Evaluation.Tests.
/// </summary>
public class HybridConvolutionTests
{
    private static readonly WindowGeometry s_conv = new(2, 4, 4, 3, 2, 2, 5, 3, 3);
    private static readonly WindowGeometry s_depthwise = new(2, 4, 4, 3, 2, 2, 6, 3, 3);

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        Conv();
        Conv(scales: 1);
        Depthwise();
        Depthwise(scales: 1);
        foreach (Action wrong in (Action[])
            [
                () => Conv(input: 95), () => Conv(weights: 179), () => Conv(sums: 4), () => Conv(scales: 2),
                () => Conv(bias: 6),
                () => Conv(codes: 47), () => Conv(patch: 35), () => Conv(output: 39),
                () => Depthwise(input: 95), () => Depthwise(weights: 53), () => Depthwise(scales: 5),
                () => Depthwise(bias: 5),
                () => Depthwise(codes: 47), () => Depthwise(output: 47),
            ])
        {
            Assert.Throws<ArgumentException>(wrong);
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] input = new float[96], bias = new float[6], scales = [1], output = new float[48];
        sbyte[] weights = new sbyte[180], codes = new sbyte[48], patch = new sbyte[36];
        int[] sums = new int[5];
        long before = 0;
        for (int round = 0; round < 40; round++)
        {
            before = round < 39 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Conv2D.Hybrid<FullWeights>(
                input, s_conv, weights, sums, scales, bias.AsSpan(0, 5), 0, 6, codes, patch, output.AsSpan(0, 40));
            DepthwiseConv2D.Hybrid(input, s_depthwise, weights.AsSpan(0, 54), scales, bias, 0, 6, codes, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Conv(
        int input = 96, int weights = 180, int sums = 5, int scales = 5, int bias = 5, int codes = 48, int patch = 36,
        int output = 40) =>
        Conv2D.Hybrid<NarrowWeights>(
            new float[input], s_conv, new sbyte[weights], new int[sums], new float[scales], new float[bias], 0, 1,
            new sbyte[codes], new sbyte[patch], new float[output]);

    private static void Depthwise(
        int input = 96, int weights = 54, int scales = 6, int bias = 6, int codes = 48, int output = 48) =>
        DepthwiseConv2D.Hybrid(
            new float[input], s_depthwise, new sbyte[weights], new float[scales], new float[bias], 0, 1,
            new sbyte[codes], new float[output]);
}
