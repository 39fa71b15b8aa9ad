using System.Runtime.Intrinsics.X86;
using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Tests;
using Codes = TinyQuant.Kernels.Requantizers.FixedPointCodes;

namespace TinyQuant.Runtime.Tests.Kernels;

public class RequantDoubleTests
{
    private static readonly int[] s_edges =
    [
        int.MinValue, int.MinValue + 1, -(1 << 30) - 1, -(1 << 30), -(1 << 30) + 1, -65536, -129, -128, -3, -2, -1,
        0, 1, 2, 3, 127, 128, 65535, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, int.MaxValue - 1, int.MaxValue,
    ];

    private static readonly Gen<int> s_accumulator = Gen.OneOf(
        Gen.Int, Gen.Int[-100_000, 100_000], Gen.OneOfConst(s_edges));

    private static readonly Gen<int> s_multiplier =
        Gen.OneOf(Gen.Int[1 << 30, int.MaxValue], Gen.OneOfConst(0, 1, 1 << 30, int.MaxValue));

    [Fact]
    public void Scalar_is_the_two_steps_of_gemmlowp() =>
        Gen.Select(s_accumulator, Gen.OneOf(s_multiplier, Gen.Int), Gen.Int[-31, 30]).Sample(
            (x, m, shift) => Assert.Equal(
                Gemmlowp.MultiplyByQuantizedMultiplier(x, m, shift), DoubleRounding.Multiply(x, m, shift)),
            iter: 200_000);

    [Fact]
    public void Scalar_at_every_pair_of_edges()
    {
        foreach (int x in s_edges)
        {
            foreach (int m in s_edges)
            {
                for (int shift = -31; shift <= 30; shift++)
                {
                    Assert.Equal(
                        Gemmlowp.MultiplyByQuantizedMultiplier(x, m, shift), DoubleRounding.Multiply(x, m, shift));
                }
            }
        }
    }

    [Theory]
    [InlineData(-12, -1)]
    [InlineData(-31, -1)]
    [InlineData(-3, 0)]
    [InlineData(-31, 30)]
    public void Vectors_equal_scalar(int leastShift, int greatestShift) =>
        Gen.Select(
            s_accumulator.Array[0, 70], Gen.Int[1, 16], Gen.Bool, Gen.Int[-128, 127], Gen.Int[0, 1000])
            .Sample(
                (accumulators, offset, perTensor, zeroPoint, seed) =>
                    Compare(accumulators, offset, perTensor, zeroPoint, leastShift, greatestShift, seed),
                iter: 5_000);

    [UnitFact(Takes.Avx2, Takes.AdvSimd)]
    public void Small_accumulators_take_the_vector_form_to_the_end()
    {
        int[] accumulators = [.. Enumerable.Range(-32, 64)];
        Requantization r = new([1 << 30], [-2], 0, -128, 127);
        var output = new sbyte[64];
        int done = Avx2.IsSupported
            ? Codes.RunAvx2<DoubleRounding>(accumulators, r, 0, output)
            : Codes.RunAdvSimd<DoubleRounding>(accumulators, r, 0, output);
        Assert.Equal(64, done);
    }

    [Fact]
    public void Constants_that_do_not_cover_the_channels_are_an_error()
    {
        var output = new sbyte[4];
        Assert.Throws<ArgumentException>(() => RequantDouble.Run(new int[4], new([], [], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantDouble.Run(new int[4], new([1, 1], [0, 0], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantDouble.Run(new int[4], new(new int[4], new int[3], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantDouble.Run(new int[2], new(new int[4], new int[4], 0, -128, 127), 3, output));
        Assert.Throws<ArgumentException>(() => RequantDouble.Run(new int[5], new([1], [0], 0, -128, 127), 0, output));
    }

    private static void Compare(
        int[] accumulators, int firstChannel, bool perTensor, int zeroPoint, int leastShift, int greatestShift,
        int seed)
    {
        Random random = new(seed);
        int channels = perTensor ? 1 : firstChannel + accumulators.Length;
        int[] multipliers = [.. Enumerable.Range(0, channels).Select(_ => random.Next(1 << 30, int.MaxValue))];
        int[] shifts = [.. Enumerable.Range(0, channels).Select(_ => random.Next(leastShift, greatestShift + 1))];
        int min = random.Next(-128, 1), max = random.Next(min, 128);
        Requantization r = new(multipliers, shifts, zeroPoint, min, max);
        using GuardedBuffer<int> source = new(accumulators);
        using GuardedBuffer<sbyte> actual = new(accumulators.Length);
        RequantDouble.Run(source.Span, r, firstChannel, actual.Span);
        for (int i = 0; i < accumulators.Length; i++)
        {
            int channel = perTensor ? 0 : firstChannel + i;
            long code = (long)Gemmlowp.MultiplyByQuantizedMultiplier(
                accumulators[i], multipliers[channel], shifts[channel]) + zeroPoint;
            Assert.Equal((sbyte)Math.Clamp(code, min, max), actual.Span[i]);
        }
    }
}
