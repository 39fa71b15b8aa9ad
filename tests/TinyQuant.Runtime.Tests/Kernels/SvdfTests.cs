using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class SvdfTests
{
    private static readonly SvdfScaling s_scaling = new(1 << 30, -5, 0, 1 << 30, -9, 3);

    [Fact]
    public void A_filter_weighs_what_it_saw_before()
    {
        // One filter that sees the sum of two inputs, halved, and looks back on two runs. Its multipliers are 1/2.
        short[] state = [0, 0, 0];
        sbyte[] output = new sbyte[1];
        SvdfScaling halves = new(1 << 30, 0, 0, 1 << 30, 0, outputZeroPoint: -1);
        var seen = new List<int>();
        foreach (sbyte x in (sbyte[])[20, 40, 0, 0, 0])
        {
            Svdf.Int8<NarrowWeights, DoubleRounding>([x, x], [1, 1, 0, 0], [0], [1, 2, 4], [8], halves, state, output);
            seen.Add(output[0]);
        }

        // 4, 2 and 1 times a result of this run, the one before and the one before that; plus 8, halved, less 1.
        Assert.Equal([((80 + 8) / 2) - 1, ((200 + 8) / 2) - 1, ((80 + 20 + 8) / 2) - 1, ((40 + 8) / 2) - 1, 3], seen);
        Assert.Equal([0, 0, 0], state);
    }

    [Fact]
    public void States_saturate()
    {
        short[] state = [0, 0];
        sbyte[] output = new sbyte[2];
        SvdfScaling large = new(1 << 30, 10, 0, 1 << 30, -20, 0);
        Svdf.Int8<NarrowWeights, SingleRounding>(
            [127], [127, 0, 0, 0, -127, 0, 0, 0], [0, 0], [1, 1], [0, 0], large, state, output);
        Assert.Equal([short.MaxValue, short.MinValue], state);
    }

    [Fact]
    public void An_int8_state_saturates_before_its_zero_point_is_added_which_wraps()
    {
        sbyte[] state = [0, 0, 0];
        sbyte[] output = new sbyte[3];
        SvdfScaling large = new(1 << 30, 10, stateZeroPoint: 3, 1 << 30, -20, 0);
        Svdf.Int8<NarrowWeights, DoubleRounding>(
            [127], [127, 0, 0, 0, -127, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0], new sbyte[] { 1, 1, 1 }, [0, 0, 0],
            large, state, output);
        Assert.Equal([unchecked((sbyte)(127 + 3)), -128 + 3, 3], state);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        sbyte[] input = new sbyte[10], weights = new sbyte[FullyConnected.PackedLength(70, 10)], output = new sbyte[35];
        int[] featureBias = new int[70], bias = new int[35];
        short[] time = new short[210], state = new short[210];
        Svdf.Int8<FullWeights, DoubleRounding>(input, weights, featureBias, time, bias, s_scaling, state, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Svdf.Int8<FullWeights, DoubleRounding>(input, weights, featureBias, time, bias, s_scaling, state, output);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        // Two batches of five, six filters in three units, a memory of four.
        static void Int16(int input = 10, int weights = 48, int featureBias = 6, int time = 24, int bias = 3,
            int state = 48, int output = 6) =>
            Svdf.Int8<NarrowWeights, DoubleRounding>(
                new sbyte[input], new sbyte[weights], new int[featureBias], new short[time], new int[bias], s_scaling,
                new short[state], new sbyte[output]);

        static void Int8(int input = 10, int weights = 48, int featureBias = 6, int time = 24, int bias = 3,
            int state = 48, int output = 6) =>
            Svdf.Int8<NarrowWeights, DoubleRounding>(
                new sbyte[input], new sbyte[weights], new int[featureBias], new sbyte[time], new int[bias], s_scaling,
                new sbyte[state], new sbyte[output]);

        static void Float32(int input = 10, int weights = 30, int filters = 6, int time = 24, int bias = 3,
            int state = 48, int output = 6) =>
            Svdf.Float32(
                new float[input], new float[weights], new float[time], new float[bias], 0, 1, filters, new float[state],
                new float[output]);

        Int16();
        Int8();
        Float32();
        foreach (Action wrong in (Action[])
            [
                () => Int16(input: 9), () => Int16(weights: 47), () => Int16(featureBias: 5), () => Int16(time: 23),
                () => Int16(bias: 4),
                () => Int16(state: 47), () => Int16(output: 5), () => Int16(output: 0), () => Int16(bias: 0),
                () => Int16(time: 0),
                () => Int8(input: 11), () => Int8(weights: 49), () => Int8(featureBias: 7), () => Int8(time: 25),
                () => Int8(bias: 2),
                () => Int8(state: 49), () => Int8(output: 7), () => Int8(featureBias: 0), () => Int8(featureBias: 2),
                () => Float32(input: 9), () => Float32(weights: 31), () => Float32(filters: 5),
                () => Float32(filters: 0),
                () => Float32(filters: -6), () => Float32(time: 23), () => Float32(bias: 4), () => Float32(state: 24),
                () => Float32(output: 5),
            ])
        {
            Assert.Throws<ArgumentException>(wrong);
        }
    }
}
