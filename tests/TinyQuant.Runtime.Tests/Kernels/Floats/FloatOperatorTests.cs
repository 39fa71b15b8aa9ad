using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels.Floats;

/// <summary>
/// The float32 operators as they are called, against the reference's loops, with values at their ends.
/// </summary>
public class FloatOperatorTests
{
    private static readonly WindowGeometry s_four = new(1, 1, 4, 1, 1, 1, 1, 1, 4);

    [Fact]
    public void Depthwise_with_more_outputs_than_inputs() =>
        Gen.Select(Windows.Any(Gen.Int[1, 9], channels: Gen.Int[2, 4]), Gen.Int[0, 10_000]).Sample((g, seed) =>
    {
        FloatData data = new(seed);
        (float min, float max) = PlainFloats.Activations[seed % 3];
        float[] x = data.WithEnds(g.Batches * g.InputHeight * g.InputRow, g.InputHeight * g.InputRow);
        float[] w = data.Eighths(g.FilterHeight * g.FilterWidth * g.OutputChannels),
            bias = data.Eighths(g.OutputChannels);
        float[] y = new float[g.Batches * g.OutputHeight * g.OutputRow];
        DepthwiseConv2D.Float32(x, g, w, bias, min, max, y);
        FloatData.AssertEqual(PlainFloats.DepthwiseConv2D(g, x, w, bias, min, max), y, "output");
    }, iter: 300);

    /// <summary>Products are added in the order of the reference, so that any values give the same bits.</summary>
    [Fact]
    public void Transposed_windows_of_any_values() =>
        Gen.Select(Windows.Any(Gen.Int[1, 5], Gen.Int[1, 5]), Gen.Int[0, 10_000]).Sample((any, seed) =>
    {
        WindowGeometry g = new(any.Batches, any.InputHeight, any.InputWidth, any.InputChannels, any.OutputHeight,
            any.OutputWidth, any.OutputChannels,
            any.FilterHeight, any.FilterWidth, any.StrideHeight, any.StrideWidth, paddingTop: any.PaddingTop,
            paddingLeft: any.PaddingLeft);
        FloatData data = new(seed);
        (float min, float max) = PlainFloats.Activations[seed % 3];
        float[] Values(int count) =>
            [.. Enumerable.Range(0, count).Select(_ =>
                (float)((data.Random.NextDouble() - 0.5) * Math.Pow(10, data.Random.Next(-3, 9))))];
        float[] x = Values(g.Batches * g.InputHeight * g.InputRow), w = Values(g.OutputChannels * g.PatchLength),
            bias = Values(g.OutputChannels);
        x[data.Random.Next(x.Length)] = FloatData.Ends[seed % FloatData.Ends.Length];
        float[] y = new float[g.Batches * g.OutputHeight * g.OutputRow];
        TransposeConv.Float32(x, g, w, bias, min, max, y);
        FloatData.AssertEqual(PlainFloats.TransposeConv(g, x, w, bias, min, max), y, "output");
    }, iter: 300);

    [Fact]
    public void Pools_of_any_number_of_channels()
    {
        FloatData data = new(1);
        for (int channels = 1; channels <= 40; channels++)
        {
            WindowGeometry g = new(2, 7, 6, channels, 4, 3, channels, 3, 2, 2, 2, paddingTop: 1);
            foreach ((float min, float max) in PlainFloats.Activations)
            {
                using GuardedBuffer<float> x = new(data.WithEnds(2 * 7 * 6 * channels, 2));
                (float[] greatest, float[] mean) = PlainFloats.Pools(g, x.Span.ToArray(), min, max);
                using GuardedBuffer<float> y = new(greatest.Length);
                MaxPool2D.Run(x.Span, g, min, max, y.Span);
                FloatData.AssertEqual(greatest, y.Span, $"{channels} channels");
                AveragePool2D.Float32(x.Span, g, min, max, y.Span);
                FloatData.AssertEqual(mean, y.Span, $"means of {channels} channels");
            }
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1, 4, float.NaN }, 4)]
    [InlineData(new[] { float.NaN, 0, 1, 4 }, 4)]
    [InlineData(new[] { float.NaN, float.NaN, float.NaN, float.NaN }, float.MinValue)]
    [InlineData(new[] { float.NegativeInfinity, float.NaN, float.NegativeInfinity, float.NegativeInfinity },
        float.MinValue)]
    [InlineData(new[] { 1, float.PositiveInfinity, 2, 3 }, float.MaxValue)]
    public void The_greatest_of_four(float[] values, float expected)
    {
        float[] greatest = new float[1];
        MaxPool2D.Run(values, s_four, float.MinValue, float.MaxValue, greatest);
        Assert.Equal(expected, greatest[0]);
    }

    [Fact]
    public void Sums_differences_and_products_of_any_length()
    {
        FloatData data = new(2);
        for (int length = 1; length <= 40; length++)
        {
            foreach ((float min, float max) in PlainFloats.Activations)
            {
                using GuardedBuffer<float> a = new(data.WithEnds(length, 1));
                using GuardedBuffer<float> b = new(data.WithEnds(length, 2));
                using GuardedBuffer<float> one = new(data.WithEnds(1, 1));
                using GuardedBuffer<float> y = new(length);
                BroadcastGeometry ofOne = new([length], [1], [0]);
                BroadcastGeometry toOne = new([length], [0], [1]);
                float[] left = a.Span.ToArray(), right = b.Span.ToArray();
                float single = one.Span[0];
                Elementwise.Add(a.Span, b.Span, default, min, max, y.Span);
                FloatData.AssertEqual(
                    [.. left.Zip(right, (l, r) => PlainFloats.Clamp(l + r, min, max))], y.Span, "sum");
                Elementwise.Sub(a.Span, one.Span, ofOne, min, max, y.Span);
                FloatData.AssertEqual(
                    [.. left.Select(l => PlainFloats.Clamp(l - single, min, max))], y.Span, "less one");
                Elementwise.Sub(one.Span, b.Span, toOne, min, max, y.Span);
                FloatData.AssertEqual(
                    [.. right.Select(r => PlainFloats.Clamp(single - r, min, max))], y.Span, "from one");
                Elementwise.Mul(a.Span, b.Span, default, min, max, y.Span);
                FloatData.AssertEqual(
                    [.. left.Zip(right, (l, r) => PlainFloats.Clamp(l * r, min, max))], y.Span, "product");
                Elementwise.Maximum<float>(a.Span, b.Span, default, y.Span);
                FloatData.AssertEqual([.. left.Zip(right, (l, r) => l > r ? l : r)], y.Span, "maximum");
                Elementwise.Minimum<float>(a.Span, one.Span, ofOne, y.Span);
                FloatData.AssertEqual([.. left.Select(l => l < single ? l : single)], y.Span, "minimum");
                Prelu.Float32(a.Span, b.Span, default, y.Span);
                FloatData.AssertEqual([.. left.Zip(right, (l, r) => l >= 0 ? l : l * r)], y.Span, "prelu");
            }
        }
    }

    [Fact]
    public void Functions_of_one_value()
    {
        float[] x = [.. FloatData.Ends, -1e-4f, -0.001f, -0.0011f, -0.5f, -3, -9.1f, -88.8f, -95, -100, -103, -104, 3,
            16.7f, 89, 500];
        float[] y = new float[x.Length];
        Activations.Clamp(x, 0, float.PositiveInfinity, y);
        FloatData.AssertEqual([.. x.Select(v => v < 0 ? 0 : v)], y, "relu");
        Activations.Clamp(x, 0, 6, y);
        FloatData.AssertEqual([.. x.Select(v => v > 6 ? 6 : v < 0 ? 0 : v)], y, "relu6");
        Activations.LeakyRelu(x, -0.5f, y);
        FloatData.AssertEqual([.. x.Select(v => v > 0 ? v : v * -0.5f)], y, "leaky relu");
        Activations.HardSwish(x, y);
        FloatData.AssertEqual([.. x.Select(PlainFloats.HardSwish)], y, "hard swish");
        Activations.Abs(x, y);
        FloatData.AssertEqual([.. x.Select(MathF.Abs)], y, "abs");
        Activations.Logistic(x, y);
        FloatData.AssertEqual([.. x.Select(PlainFloats.Logistic)], y, "logistic");
        Activations.Tanh(x, y);
        FloatData.AssertEqual([.. x.Select(MathF.Tanh)], y, "tanh");
    }

    /// <summary>
    /// Within two last places of Kahan's expm1 in double, from the least negative number to where -1 is reached.
    /// </summary>
    [Fact]
    public void Elu_keeps_the_digits_of_small_values()
    {
        float[] x = [.. Enumerable.Range(0, 2_000).Select(i => -MathF.Exp((i / 20f) - 95)), -float.Epsilon,
            float.NegativeInfinity, float.NaN, 2];
        float[] y = new float[x.Length];
        Activations.Elu(x, y);
        for (int i = 0; i < 2_001; i++)
        {
            double power = Math.Exp(x[i]);
            double expected = power == 1 ? x[i] : power - 1 == -1 ? -1 : (power - 1) * x[i] / Math.Log(power);
            Assert.InRange(
                y[i], (float)expected - (2 * Ulp((float)expected)), (float)expected + (2 * Ulp((float)expected)));
        }

        Assert.Equal([-float.Epsilon, -1, float.NaN, 2], y[2_000..]);

        static float Ulp(float value) => MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value);
    }

    [Fact]
    public void Softmax_of_rows_with_an_end()
    {
        FloatData data = new(3);
        for (int depth = 1; depth <= 40; depth++)
        {
            float[] x = [.. data.WithEnds(depth, depth), .. Enumerable.Repeat(float.NegativeInfinity, depth),
                .. data.Eighths(depth)];
            float[] y = new float[3 * depth];
            Softmax.Float32(x, depth, 0.7f, y);
            FloatData.AssertEqual(
                [.. x.Chunk(depth).SelectMany(row => PlainFloats.Softmax(row, 0.7f))], y, $"depth {depth}");
        }
    }

    [Fact]
    public void The_first_greatest_with_ends_among_them()
    {
        FloatData data = new(4);
        for (int size = 1; size <= 40; size++)
        {
            float[] x = data.WithEnds(size * 3, 1);
            int[] indexes = new int[3];
            ArgMax.Along(x, size, 3, indexes);
            Assert.Equal([.. Enumerable.Range(0, 3).Select(i => First(x.Where((_, at) => at % 3 == i)))], indexes);
            ArgMax.Along(x, size, 1, indexes);
            Assert.Equal([.. x.Chunk(size).Select(First)], indexes);
        }

        static int First(IEnumerable<float> values)
        {
            (int index, float best) = (0, values.First());
            foreach ((int i, float value) in values.Index())
            {
                (index, best) = value > best ? (i, value) : (index, best);
            }

            return index;
        }
    }

    /// <summary>
    /// micro/kernels/svdf_common.cc and activation_utils.h: the bias first, infinities kept, NaN made a bound.
    /// </summary>
    [Fact]
    public void Svdf_begins_with_the_bias_and_keeps_infinities()
    {
        // A unit of two filters of one value and one memory.
        static float Run(float input, float first, float second, float min, float max)
        {
            float[] state = new float[2], output = new float[1];
            Svdf.Float32([input], [first, second], [1, 1], [1], min, max, 2, state, output);
            return output[0];
        }

        const float none = float.PositiveInfinity;
        Assert.Equal(0, Run(1e8f, 1, -1, -none, none)); // (1 + 1e8) - 1e8
        Assert.Equal(none, Run(none, 1, 1, -none, none));
        Assert.Equal(none, Run(none, 1, 1, 0, none));
        Assert.Equal(6, Run(none, 1, 1, 0, 6));
        Assert.Equal(float.NaN, Run(none, 1, -1, -none, none));
        Assert.Equal(0, Run(none, 1, -1, 0, none));
        Assert.Equal(6, Run(none, 1, -1, 0, 6));
        Assert.Equal(1, Run(float.NaN, 1, 1, -1, 1));
    }

    /// <summary>
    /// micro/kernels/lstm_eval.h: each product of a gate is clamped, and a clip takes the place of a NaN.
    /// </summary>
    [Fact]
    public void Lstm_gates_end_at_the_greatest_number()
    {
        // The input's product overflows to +, the recurrent one to -: 0 in the reference, NaN where neither is clamped.
        float[] hidden = [-3e38f], cells = [0], output = new float[1];
        UnidirectionalSequenceLstm.Float32(
            [3e38f], false, [4, 4, 4, 4], [4, 4, 4, 4], new float[4], float.PositiveInfinity, new float[4], hidden,
            cells, output);
        Assert.Equal([0f], output);

        (hidden, cells) = ([0], [float.NaN]);
        UnidirectionalSequenceLstm.Float32(
            [1], false, new float[4], new float[4], new float[4], 5, new float[4], hidden, cells, output);
        Assert.Equal([5f], cells);
        cells = [float.NaN];
        UnidirectionalSequenceLstm.Float32([1], false, new float[4], new float[4], new float[4], float.PositiveInfinity,
            new float[4], hidden, cells, output);
        Assert.Equal([float.NaN], cells);
    }
}
