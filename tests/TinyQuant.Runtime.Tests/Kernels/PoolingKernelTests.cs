using CsCheck;
using TinyQuant.Kernels;

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
                    sums[i] = (int)Math.Clamp(((2L * code + 1) * count / 2) + i - 10, -128L * count, 127L * count);
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
    public void Whatever_the_window_a_pool_stays_in_its_spans()
    {
        int pooled = 0;
        Gen<int> size = Gen.OneOf(Gen.Int[1, 4], Gen.Int[-1, 6], Gen.OneOfConst(int.MinValue, int.MaxValue));
        Gen.Select(size.Array[6], size.Array[4], Gen.Int[-1, 3].Array[2], Gen.OneOfConst(1, 5, 16, 33)).Sample((sizes, window, padding, channels) =>
        {
            int Positions(int first) => (int)Math.Clamp((long)sizes[first] * sizes[first + 1] * channels, 0, 2000);
            using GuardedBuffer<sbyte> input = new(Positions(0));
            using GuardedBuffer<sbyte> output = new(Positions(2));
            using GuardedBuffer<float> reals = new(Positions(0));
            using GuardedBuffer<float> means = new(Positions(2));
            WindowGeometry g = new(1, sizes[0], sizes[1], channels, sizes[2], sizes[3], channels,
                window[0], window[1], window[2], window[3], paddingTop: padding[0], paddingLeft: padding[1]);
            try
            {
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
