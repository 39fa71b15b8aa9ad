using System.Runtime.Intrinsics.X86;
using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class RequantFloatEvenTests
{
    private static readonly Gen<int> s_accumulator = Gen.OneOf(
        Gen.Int, Gen.Int[-100_000, 100_000], Gen.Int[-600, 600],
        Gen.OneOfConst(int.MinValue, int.MinValue + 1, -(1 << 24) - 1, (1 << 24) + 1, int.MaxValue - 1, int.MaxValue));

    private static readonly Gen<float> s_scale = Gen.OneOf(
        Gen.Float[1e-7f, 0.1f], Gen.OneOfConst(float.Epsilon, 1e-30f, 0.125f, 0.25f, 0.5f, 1f, 1.5f, 1 << 29));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-128)]
    public void Halves_go_to_the_even_neighbour_before_the_zero_point_is_added(int zeroPoint)
    {
        int[] accumulators = [.. Enumerable.Range(-800, 1601)];
        var codes = new sbyte[accumulators.Length];
        RequantFloatEven.Run(accumulators, new([0.5f], zeroPoint, -128, 127), 0, codes);
        for (int i = 0; i < codes.Length; i++)
        {
            int half = accumulators[i] >> 1;
            int even = (accumulators[i] & 1) == 0 ? half : half + (half & 1);
            Assert.Equal(Math.Clamp(even + zeroPoint, -128, 127), codes[i]);
        }
    }

    [Fact]
    public void Vectors_equal_the_definition() =>
        Gen.Select(
            Gen.Select(s_accumulator, s_scale).Array[0, 70], Gen.Int[1, 16], Gen.Bool, Gen.Int[-128, 127],
            Gen.Int[0, 1000])
            .Sample(Compare, iter: 20_000);

    [UnitFact(Takes.Avx2, Takes.AdvSimd)]
    public void Vectors_go_to_the_end()
    {
        Requantization r = new([1e9f], 3, -128, 127);
        int[] accumulators = [.. Enumerable.Repeat(int.MaxValue, 32), .. Enumerable.Repeat(int.MinValue, 32)];
        var output = new sbyte[64];
        int done = Avx2.IsSupported
            ? RequantFloatEven.RunAvx2(accumulators, r, 0, output)
            : RequantFloatEven.RunAdvSimd(accumulators, r, 0, output);
        Assert.Equal(64, done);
    }

    [Fact]
    public void Scales_that_do_not_cover_the_channels_are_an_error()
    {
        var output = new sbyte[4];
        Assert.Throws<ArgumentException>(() => RequantFloatEven.Run(new int[4], new([], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantFloatEven.Run(new int[4], new([1f, 1f], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantFloatEven.Run(new int[2], new(new float[4], 0, -128, 127), 3, output));
        Assert.Throws<ArgumentException>(() =>
            RequantFloatEven.Run(new int[2], new(new float[4], 0, -128, 127), -1, output));
        Assert.Throws<ArgumentException>(() =>
            RequantFloatEven.Run(new int[4], new([1], [0], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() => RequantFloatEven.Run(new int[5], new([1f], 0, -128, 127), 0, output));
    }

    private static void Compare(
        (int Accumulator, float Scale)[] channels, int firstChannel, bool perTensor, int zeroPoint, int seed)
    {
        Random random = new(seed);
        int min = random.Next(-128, 1), max = random.Next(min, 128);
        float[] scales = perTensor
            ? [channels.Length > 0 ? channels[0].Scale : 1]
            : [.. Enumerable.Repeat(1f, firstChannel), .. channels.Select(c => c.Scale)];
        using GuardedBuffer<int> source = new(channels.Select(c => c.Accumulator).ToArray());
        using GuardedBuffer<float> guarded = new(scales);
        using GuardedBuffer<sbyte> actual = new(channels.Length);
        RequantFloatEven.Run(source.Span, new(guarded.Span, zeroPoint, min, max), firstChannel, actual.Span);
        for (int i = 0; i < channels.Length; i++)
        {
            Assert.Equal(Code(channels[i].Accumulator, perTensor ? scales[0] : channels[i].Scale, zeroPoint, min, max),
                actual.Span[i]);
        }
    }

    // A product of two float32 is exact in double, so one rounding to float32 is the float32 product.
    private static int Code(int accumulator, float scale, int zeroPoint, int min, int max)
    {
        var product = (float)((double)(float)accumulator * scale);
        double clamped = Math.Clamp((double)product, min - zeroPoint, max - zeroPoint);
        double floor = Math.Floor(clamped);
        double rest = clamped - floor;
        bool up = rest > 0.5 || (rest == 0.5 && floor % 2 != 0);
        return (int)floor + (up ? 1 : 0) + zeroPoint;
    }
}
