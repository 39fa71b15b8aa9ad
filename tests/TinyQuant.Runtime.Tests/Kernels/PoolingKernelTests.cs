using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Pools given what does not fit, and the division that averages codes.</summary>
public class PoolingKernelTests
{
    [Fact]
    public void Averages_are_rounded_half_away_from_zero()
    {
        Span<int> sums = stackalloc int[21];
        Span<sbyte> codes = stackalloc sbyte[21];
        foreach (int count in new[] { 1, 2, 3, 4, 7, 64, 100, 255, 256, 1000, 65_535, 65_536, 65_537, 1 << 20 })
        {
            for (int code = -128; code <= 127; code++)
            {
                // Around every place where the quotient changes, and the ends.
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] = (int)Math.Clamp((((2L * code) + 1) * count / 2) + i - 10, -128L * count, 127L * count);
                }

                AveragePool2D.Divide(sums, count, -128, 127, codes);
                for (int i = 0; i < sums.Length; i++)
                {
                    Assert.Equal((sbyte)Math.Round(sums[i] / (double)count, MidpointRounding.AwayFromZero), codes[i]);
                }
            }
        }
    }

    [Fact]
    public void Every_sum_of_256_codes_or_fewer_is_divided_exactly()
    {
        for (int count = 2; count <= WindowSums.MaxPlaces; count++)
        {
            short[] sums = [.. Enumerable.Range(-128 * count, (255 * count) + 1).Select(sum => (short)sum)];
            var codes = new sbyte[sums.Length];
            WindowMeans means = new(count);
            means.Run(sums, -128, 127, codes);
            int wrong = 0;
            for (int i = 0; i < sums.Length; i++)
            {
                wrong += codes[i] == (sums[i] + (sums[i] > 0 ? count / 2 : -(count / 2))) / count ? 0 : 1;
            }

            means.Run(sums.AsSpan(0, 7), -128, 127, codes.AsSpan(7, 7)); // too few for a vector
            Assert.Equal(codes.AsSpan(0, 7), codes.AsSpan(7, 7));
            Assert.Equal(0, wrong);
        }
    }

    [Fact]
    public void Pools_are_the_definition() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 20].Array[2], Gen.Int[1, 20].Array[2], Gen.Int[1, 3].Array[2], Gen.Int,
            Gen.OneOfConst((-128, 127), (-20, 90))).Sample((channels, size, filter, stride, seed, clamp) =>
        {
            int[] padding = [.. filter.Select(f => (int)((uint)seed % (uint)f))];
            int Positions(int d) => Math.Min(((size[d] + padding[d] - 1) / stride[d]) + 1, 6);
            WindowGeometry g = new(1, size[0], size[1], channels, Positions(0), Positions(1), channels,
                filter[0], filter[1], stride[0], stride[1], paddingTop: padding[0], paddingLeft: padding[1]);
            using GuardedBuffer<sbyte> input = new(size[0] * size[1] * channels);
            using GuardedBuffer<sbyte> means = new(Positions(0) * Positions(1) * channels);
            using GuardedBuffer<sbyte> greatest = new(means.Span.Length);
            Random random = new(seed);
            int bias = random.Next(-300, 300); // all codes at an end too
            for (int i = 0; i < input.Span.Length; i++)
            {
                input.Span[i] = (sbyte)Math.Clamp(random.Next(-128, 128) + bias, -128, 127);
            }

            AveragePool2D.Int8(input.Span, g, clamp.Item1, clamp.Item2, means.Span);
            MaxPool2D.Run(input.Span, g, (sbyte)clamp.Item1, (sbyte)clamp.Item2, greatest.Span);
            for (int i = 0; i < means.Span.Length; i++)
            {
                int top = (i / channels / Positions(1) * stride[0]) - padding[0];
                int left = (i / channels % Positions(1) * stride[1]) - padding[1];
                (int sum, int count, int max) = (0, 0, -128);
                for (int y = Math.Max(top, 0); y < Math.Min(top + filter[0], size[0]); y++)
                {
                    for (int x = Math.Max(left, 0); x < Math.Min(left + filter[1], size[1]); x++)
                    {
                        int code = input.Span[(((y * size[1]) + x) * channels) + (i % channels)];
                        (sum, count, max) = (sum + code, count + 1, Math.Max(max, code));
                    }
                }

                int mean = (sum + (sum > 0 ? count / 2 : -(count / 2))) / count;
                Assert.Equal(Math.Clamp(mean, clamp.Item1, clamp.Item2), means.Span[i]);
                Assert.Equal(Math.Clamp(max, clamp.Item1, clamp.Item2), greatest.Span[i]);
            }
        }, iter: 2_000);

    [Fact]
    public void Whatever_the_window_a_pool_stays_in_its_spans()
    {
        int pooled = 0;
        Gen<int> size = Gen.OneOf(Gen.Int[1, 4], Gen.Int[-1, 6], Gen.OneOfConst(int.MinValue, int.MaxValue));
        Gen.Select(size.Array[6], size.Array[4], Gen.Int[-1, 3].Array[2], Gen.OneOfConst(1, 5, 16, 33))
            .Sample((sizes, window, padding, channels) =>
        {
            int Positions(int first) => (int)Math.Clamp((long)sizes[first] * sizes[first + 1] * channels, 0, 2000);
            using GuardedBuffer<sbyte> input = new(Positions(0));
            using GuardedBuffer<sbyte> output = new(Positions(2));
            using GuardedBuffer<float> reals = new(Positions(0));
            using GuardedBuffer<float> means = new(Positions(2));
            try
            {
                WindowGeometry g = new(1, sizes[0], sizes[1], channels, sizes[2], sizes[3], channels,
                    window[0], window[1], window[2], window[3], paddingTop: padding[0], paddingLeft: padding[1]);
                AveragePool2D.Int8(input.Span, g, -128, 127, output.Span);
                AveragePool2D.Float32(reals.Span, g, float.NegativeInfinity, float.PositiveInfinity, means.Span);
                MaxPool2D.Run<sbyte>(input.Span, g, -128, 127, output.Span);
                MaxPool2D.Run(reals.Span, g, float.NegativeInfinity, float.PositiveInfinity, means.Span);
                Interlocked.Increment(ref pooled);
            }
            catch (ArgumentException)
            {
                // What does not fit is refused.
            }
        }, iter: 20_000);
        Assert.NotEqual(0, pooled);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var codes = new sbyte[72];
        var reals = new float[72];
        Run(); // loads types
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            WindowGeometry g = new(1, 3, 3, 8, 2, 2, 8, 2, 2);
            AveragePool2D.Int8(codes, g, -128, 127, codes.AsSpan(0, 32));
            AveragePool2D.Float32(reals, g, 0, 6, reals.AsSpan(0, 32));
            MaxPool2D.Run<sbyte>(codes, g, -128, 127, codes.AsSpan(0, 32));
        }
    }
}
