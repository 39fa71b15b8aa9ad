using System.Runtime.CompilerServices;
using TinyQuant.Kernels;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

public class FullyConnectedTests
{
    [Theory]
    [InlineData(1, 784, 10, false)]
    [InlineData(3, 33, 17, false)]
    [InlineData(5, 7, 1, true)]
    [InlineData(2, 130, 100, true)]
    [InlineData(4, 0, 3, false)]
    public void Accumulate_and_Int8_of_rows(int rows, int depth, int outputs, bool full)
    {
        if (full)
        {
            AccumulateAndInt8<FullWeights>(rows, depth, outputs);
        }
        else
        {
            AccumulateAndInt8<NarrowWeights>(rows, depth, outputs);
        }
    }

    private static void AccumulateAndInt8<TRange>(int rows, int depth, int outputs)
        where TRange : struct, IWeightRange
    {
        using DenseCase dense = new(depth, outputs, full: !TRange.IsNarrow, extreme: false, 1, rows);
        FullyConnected.Accumulate<TRange>(
            dense.Input.Span, dense.Weights.Span, dense.Bias.Span, dense.Sums.Span);
        Assert.Equal(dense.Expected, dense.Sums.Span.ToArray());

        dense.Sums.Span.Clear();
        FullyConnected.Accumulate<TRange>(
            dense.Pixels.Span, dense.Weights.Span, dense.Bias.Span, dense.UnsignedBias.Span, dense.Sums.Span);
        Assert.Equal(dense.Expected, dense.Sums.Span.ToArray());

        int[] multipliers = [.. Enumerable.Range(0, outputs).Select(o => (1 << 30) + (o * 1_000_003))];
        int[] shifts = [.. Enumerable.Range(0, outputs).Select(o => -10 - (o % 4))];
        var codes = new sbyte[rows * outputs];
        FullyConnected.Int8<TRange, RequantDouble>(
            dense.Input.Span, dense.Weights.Span, dense.Bias.Span,
            new(multipliers, shifts, 3, -100, 100), codes);
        for (int i = 0; i < codes.Length; i++)
        {
            int scaled = Gemmlowp.MultiplyByQuantizedMultiplier(
                dense.Expected[i], multipliers[i % outputs], shifts[i % outputs]);
            Assert.Equal(Math.Clamp(scaled + 3, -100, 100), codes[i]);
        }
    }

    [Theory]
    [InlineData(1, 784, 10)]
    [InlineData(3, 33, 17)]
    [InlineData(2, 65, 70)]
    [InlineData(2, 0, 3)]
    public void Hybrid_is_its_formula_to_the_bit(int rows, int depth, int outputs)
    {
        Random random = new(7);
        float[] input = [.. Enumerable.Range(0, rows * depth).Select(_ => (random.NextSingle() * 3) - 1)];
        sbyte[] weights = [.. Enumerable.Range(0, outputs * depth).Select(_ => (sbyte)random.Next(-127, 128))];
        float[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle())];
        int[] sums = [.. Enumerable.Range(0, outputs).Select(o => weights.Skip(o * depth).Take(depth).Sum(w => w))];
        const float WeightScale = 0.0123f;
        var output = new float[rows * outputs];
        FullyConnected.Hybrid<NarrowWeights>(
            input, PackedWeights.Pack(weights, outputs, depth), sums, WeightScale, bias, 0,
            float.PositiveInfinity, new sbyte[depth], output);

        var codes = new sbyte[depth];
        for (int row = 0; row < rows; row++)
        {
            Quantize.Dynamic(input.AsSpan(row * depth, depth), codes, out float scale, out int zeroPoint);
            for (int o = 0; o < outputs; o++)
            {
                int sum = -zeroPoint * sums[o];
                for (int i = 0; i < depth; i++)
                {
                    sum += codes[i] * weights[(o * depth) + i];
                }

                float product = sum * (scale * WeightScale);
                float real = bias[o] + product;
                Assert.Equal(Math.Max(real, 0), output[(row * outputs) + o]);
            }
        }
    }

    [Fact]
    public void Float32_is_close_to_double_for_all_shapes()
    {
        Random random = new(3);
        for (int outputs = 1; outputs <= 20; outputs++)
        {
            for (int depth = 0; depth <= 140; depth += depth < 40 ? 1 : 7)
            {
                using GuardedBuffer<float> input = new(2 * depth);
                using GuardedBuffer<float> weights = new(outputs * depth);
                using GuardedBuffer<float> bias = new(outputs);
                using GuardedBuffer<float> output = new(2 * outputs);
                Fill(random, input.Span);
                Fill(random, weights.Span);
                Fill(random, bias.Span);
                FullyConnected.Float32(input.Span, weights.Span, bias.Span, -2, 2, output.Span);
                for (int i = 0; i < 2 * outputs; i++)
                {
                    int o = i % outputs;
                    double expected = bias.Span[o];
                    for (int d = 0; d < depth; d++)
                    {
                        expected += (double)input.Span[(i / outputs * depth) + d] * weights.Span[(o * depth) + d];
                    }

                    Assert.Equal(Math.Clamp(expected, -2, 2), output.Span[i], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_errors()
    {
        static void Accumulate(int input, int weights, int bias, int unsignedBias, int sums) =>
            FullyConnected.Accumulate<NarrowWeights>(
                new byte[input], new sbyte[weights], new int[bias], new int[unsignedBias], new int[sums]);

        Accumulate(6, 24, 3, 3, 3);
        Assert.Throws<ArgumentException>(() => Accumulate(6, 18, 3, 3, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(9, 24, 3, 3, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(6, 24, 3, 2, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(6, 24, 0, 0, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(6, 24, 3, 3, 4));
        Assert.Throws<ArgumentException>(() => Accumulate(7, 24, 3, 3, 6));
        Assert.Throws<ArgumentException>(() => Accumulate(1, 0, 3, 3, 0));
        ArgumentException error = Assert.Throws<ArgumentException>(() => FullyConnected.Float32(
            new float[6], new float[17], new float[3], 0, 0, new float[3]));
        Assert.Contains("17", error.Message, StringComparison.Ordinal);
        Assert.Contains("18", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FullyConnected.Hybrid<NarrowWeights>(
            new float[8], new sbyte[8], new int[1], 1, new float[1], 0, 0, new sbyte[7], new float[1]));
        Assert.Throws<ArgumentException>(() => FullyConnected.Int8<NarrowWeights, RequantDouble>(
            new sbyte[4], new sbyte[4], new int[1], new([1], [0], 200, 0, 1), new sbyte[1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using DenseCase dense = new(100, 77, full: false, extreme: false, 1);
        var reals = new float[100];
        var floatWeights = new float[7700];
        var floats = new float[77];
        var codes = new sbyte[100];
        var output = new sbyte[77];
        int[] one = [1 << 30];
        int[] shift = [-8];
        Run(3);
        Assert.Equal(0, Run(100));

        [MethodImpl(MethodImplOptions.NoInlining)]
        long Run(int times)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
            {
                Quantize.Run(reals, 0.5f, 3, codes);
                Quantize.FromPixels(dense.Pixels.Span, codes);
                FullyConnected.Accumulate<NarrowWeights>(
                    codes, dense.Weights.Span, dense.Bias.Span, dense.Sums.Span);
                FullyConnected.Int8<FullWeights, RequantDouble>(
                    codes, dense.Weights.Span, dense.Bias.Span,
                    new(one, shift, 0, -128, 127), output);
                FullyConnected.Hybrid<NarrowWeights>(
                    reals, dense.Weights.Span, dense.Bias.Span, 0.5f, floats, 0, 6, codes, floats);
                FullyConnected.Float32(reals, floatWeights, floats, 0, 6, floats);
                Dequantize.Run(output, 0.5f, 0, floats);
                _ = ArgMax.Run(dense.Sums.Span) + ArgMax.Run(floats) + ArgMax.Run(output);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Fill(Random random, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = random.NextSingle() - 0.5f;
        }
    }
}
