using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Sums along axes given what does not fit, sums of rows of every length, and ArgMax along an axis.</summary>
public class ReductionKernelTests
{
    private static readonly Gen<int> s_number = Gen.OneOf(
        Gen.Int[1, 4], Gen.Int[-1, 20], Gen.OneOfConst(int.MinValue, int.MaxValue));

    [Fact]
    public void Rows_are_summed_up_to_their_last_element()
    {
        for (int length = 0; length < 100; length++)
        {
            using GuardedBuffer<sbyte> codes = new([
                .. Enumerable.Range(0, length).Select(i => (sbyte)((i * 91) - 128))]);
            using GuardedBuffer<int> sums = new([.. Enumerable.Range(0, length).Select(i => i * 1_000_003)]);
            using GuardedBuffer<float> reals = new([.. Enumerable.Range(0, length).Select(i => i / 8f)]);
            using GuardedBuffer<float> realSums = new([.. Enumerable.Range(0, length).Select(i => -i / 4f)]);
            PlaneSums.AddColumns(codes.Span, 0, 1, 0, sums.Span);
            PlaneSums.Add(reals.Span, realSums.Span);
            int total = 0;
            for (int i = 0; i < length; i++)
            {
                total += codes.Span[i];
                Assert.Equal((i * 1_000_003) + codes.Span[i], sums.Span[i]);
                Assert.Equal(-i / 8f, realSums.Span[i]);
            }

            Assert.Equal(total, PlaneSums.Total(codes.Span));
        }

        Assert.Equal(-128 * 1000, PlaneSums.Total([.. Enumerable.Repeat(sbyte.MinValue, 1000)]));
    }

    [Fact]
    public void Columns_are_summed_in_16_bits_and_carried_to_32()
    {
        foreach (int count in new[] { 1, 2, 255, 256, 257, 700 })
        {
            foreach (int channels in new[] { 1, 7, 8, 15, 16, 25, 63, 64, 65, 133 })
            {
                int stride = channels + (count % 3);
                using GuardedBuffer<sbyte> codes = new(3 + ((count - 1) * stride) + channels);
                using GuardedBuffer<int> sums = new(channels);
                for (int i = 0; i < codes.Span.Length; i++)
                {
                    codes.Span[i] = (sbyte)((i - 3) % stride == 0 ? -128 : (i - 3) % stride == 1 ? 127 : i * 91);
                }

                PlaneSums.AddColumns(codes.Span, 3, count, stride, sums.Span);
                PlaneSums.AddColumns(codes.Span, 3 + ((count - 1) * stride), count, -stride, sums.Span);
                for (int channel = 0; channel < channels; channel++)
                {
                    Assert.Equal(2 * Enumerable.Range(0, count).Sum(k => codes.Span[3 + (k * stride) + channel]),
                        sums.Span[channel]);
                }
            }
        }

        Assert.Throws<ArgumentException>(() => PlaneSums.AddColumns(new sbyte[10], 0, 3, 4, new int[3]));
        Assert.Throws<ArgumentException>(() => PlaneSums.AddColumns(new sbyte[10], 4, 3, -3, new int[3]));
        Assert.Throws<ArgumentException>(() =>
            PlaneSums.AddColumns(new sbyte[10], 0, int.MaxValue, int.MinValue, new int[3]));
    }

    [Theory]
    [InlineData(127, 1082196483)] // 2^31 - 2
    [InlineData(-128, 1 << 30)] // -2^31
    public void The_zero_point_on_top_of_the_greatest_product_does_not_wrap(sbyte code, int multiplier)
    {
        sbyte[] output = new sbyte[1];
        Reduction.Int8<SingleRounding>(
            [code], new(0, [1], [1]), new(0, [1], [1]), 0, multiplier, 25, outputZeroPoint: code, output);
        Assert.Equal(code, output[0]);
    }

    [Fact]
    public void Whatever_the_views_a_reduction_stays_in_its_spans()
    {
        int reduced = 0;
        Gen<int[]> numbers = Gen.OneOf(Gen.Int[1, 3].Array[1, 2], s_number.Array[0, 3]);
        Gen.Select(Gen.Int[-1, 3], numbers, numbers, numbers, numbers, Gen.Int[0, 40])
            .Sample((begin, sizes, strides, counts, steps, inputs) =>
        {
            // The same element two thousand million times is right, too, and takes seconds.
            steps = [
                .. steps.Select((step, d) => step == 0 && d < counts.Length && counts[d] == int.MaxValue ? 1 : step)];
            int outputs = (int)Math.Clamp(
                sizes.Aggregate(1L, (product, size) => Math.Clamp(product * size, 0, 1000)), 0, 1000);
            using GuardedBuffer<sbyte> codes = new(inputs);
            using GuardedBuffer<float> reals = new(inputs);
            using GuardedBuffer<sbyte> output = new(outputs);
            using GuardedBuffer<float> means = new(outputs);
            try
            {
                Reduction.Int8<DoubleRounding>(
                    codes.Span, new(begin, sizes, strides), new(0, counts, steps), 0, 1 << 30, 0, 0, output.Span);
                Reduction.Float32(reals.Span, new(begin, sizes, strides), new(0, counts, steps), 1, means.Span);
                Reduction.Greatest(codes.Span, new(begin, sizes, strides), new(0, counts, steps), output.Span);
                Reduction.Least(reals.Span, new(begin, sizes, strides), new(0, counts, steps), means.Span);
                Interlocked.Increment(ref reduced);
            }
            catch (ArgumentException)
            {
                // What does not fit is refused.
            }
        }, iter: 50_000);
        Assert.NotEqual(0, reduced);
    }

    [Fact]
    public void Sums_that_leave_a_code_are_clamped()
    {
        var output = new sbyte[2];
        Reduction.Int8<DoubleRounding>(
            [127, -128, 127, -128, 127, -128], new(0, [2], [1]), new(0, [3], [2]), 0, 1 << 30, 1, 0, output);
        Assert.Equal([127, -128], output);
    }

    [Fact]
    public void Extremes_are_as_the_reference_has_them_of_what_is_no_number()
    {
        var output = new float[3];
        float[] reals = [float.NaN, 2, -4, -3, 1, float.PositiveInfinity];
        Reduction.Greatest(reals, new(0, [3], [2]), new(0, [2], [1]), output);
        Assert.Equal([2, -3, float.PositiveInfinity], output);
        Reduction.Least(reals, new(0, [3], [2]), new(0, [2], [1]), output);
        Assert.Equal([2, -4, 1], output);
        Reduction.Greatest(
            [float.NaN, float.NegativeInfinity], new(0, [1], [1]), new(0, [2], [1]), output.AsSpan(0, 1));
        Assert.Equal(float.MinValue, output[0]);
    }

    [Fact]
    public void The_first_greatest_along_an_axis()
    {
        var output = new int[3];
        ArgMax.Along([1, 5, 2, 1, 4, 7, 0, 5, 7], 3, 3, output);
        Assert.Equal([0, 0, 1], output);
        float nan = float.NaN;
        float least = float.NegativeInfinity;

        // A NaN that comes first stays; no other is taken.
        ArgMax.Along([nan, least, 3, nan, nan, nan, nan, 1, 4], 3, 3, output);
        Assert.Equal([0, 2, 2], output);
        ArgMax.Along([nan, nan, 5, least, nan, 1, 2, nan, 1], 3, 1, output);
        Assert.Equal([0, 2, 0], output);
    }

    [Fact]
    public void Whatever_the_sizes_ArgMax_stays_in_its_spans() =>
        Gen.Select(s_number, s_number, Gen.Int[0, 40], Gen.Int[0, 40]).Sample((size, inner, inputs, outputs) =>
    {
        using GuardedBuffer<sbyte> codes = new(inputs);
        using GuardedBuffer<float> reals = new(inputs);
        using GuardedBuffer<int> indexes = new(outputs);
        try
        {
            ArgMax.Along(codes.Span, size, inner, indexes.Span);
            ArgMax.Along(reals.Span, size, inner, indexes.Span);
            Assert.Equal(inputs, (long)size * outputs);
        }
        catch (ArgumentException)
        {
            // What does not fit is refused.
        }
    }, iter: 20_000);

    [Fact]
    public void Nothing_is_allocated()
    {
        var codes = new sbyte[24];
        var reals = new float[24];
        var indexes = new int[8];
        int[] kept = [2, 4, 12, 1];
        int[] reduced = [3, 4];
        Run(); // loads types
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            StridedView outer = new(0, kept.AsSpan(0, 2), kept.AsSpan(2, 2));
            StridedView inner = new(0, reduced.AsSpan(0, 1), reduced.AsSpan(1, 1));
            Reduction.Int8<SingleRounding>(codes, outer, inner, 3, 1 << 30, -1, 0, codes.AsSpan(0, 8));
            Reduction.Float32(reals, outer, inner, 3, reals.AsSpan(0, 8));
            Reduction.Greatest<sbyte>(codes, outer, inner, codes.AsSpan(0, 8));
            ArgMax.Along(codes, 3, 1, indexes);
            ArgMax.Along(codes, 3, 4, indexes);
        }
    }
}
