using System.Runtime.Intrinsics.X86;
using CsCheck;
using TinyQuant.Kernels;
using Codes = TinyQuant.Kernels.Requantizers.FixedPointCodes;

namespace TinyQuant.Runtime.Tests.Kernels;

public class RequantSingleTests
{
    private static readonly int[] s_edges =
    [
        int.MinValue, int.MinValue + 1, -(1 << 30) - 1, -(1 << 30), -(1 << 30) + 1, -65536, -129, -128, -3, -2, -1,
        0, 1, 2, 3, 127, 128, 65535, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, int.MaxValue - 1, int.MaxValue,
    ];

    private static readonly Gen<int> s_accumulator = Gen.OneOf(
        Gen.Int, Gen.Int[-100_000, 100_000], Gen.OneOfConst(s_edges));

    private static readonly Gen<int> s_multiplier =
        Gen.OneOf(Gen.Int[1 << 30, int.MaxValue], Gen.OneOfConst(0, 1, 1 << 30, (1 << 30) + 1, int.MaxValue));

    [Fact]
    public void The_product_is_rounded_once() =>
        Gen.Select(s_accumulator, s_multiplier, Gen.Int[-31, 30]).Sample(Same, iter: 200_000);

    [Fact]
    public void The_product_is_rounded_once_at_every_pair_of_edges()
    {
        foreach (int x in s_edges)
        {
            foreach (int m in s_edges.Where(e => e >= 0))
            {
                for (int shift = -31; shift <= 30; shift++)
                {
                    Same(x, m, shift);
                }
            }
        }
    }

    [Fact]
    public void Halves_go_up_and_the_two_roundings_differ()
    {
        Assert.Equal(
            [-1, -1, 0, 1, 1, 2], new[] { -3, -2, -1, 1, 2, 3 }.Select(x => SingleRounding.Multiply(x, 1 << 30, 0)));
        // 0.5 − 2^-32 rounds to 0; rounded to a half first, it would go up to 1.
        Assert.Equal(
            (0, 1), (SingleRounding.Multiply(1, int.MaxValue, -1), DoubleRounding.Multiply(1, int.MaxValue, -1)));
    }

    [Theory]
    [InlineData(-12, -2)]
    [InlineData(-31, -1)]
    [InlineData(-3, 0)]
    [InlineData(-31, 30)]
    public void Vectors_equal_the_definition(int leastShift, int greatestShift) =>
        Gen.Select(s_accumulator.Array[0, 70], Gen.Int[1, 16], Gen.Bool, Gen.Int[-128, 127], Gen.Int[0, 1000]).Sample(
            (accumulators, offset, perTensor, zeroPoint, seed) =>
                Compare(accumulators, offset, perTensor, zeroPoint, leastShift, greatestShift, seed),
            iter: 5_000);

    [UnitFact(Takes.Avx2, Takes.AdvSimd)]
    public void Shifts_to_the_right_take_the_vector_form_to_the_end_whatever_the_accumulators()
    {
        int[] accumulators = [.. Enumerable.Repeat(int.MinValue, 32), .. Enumerable.Repeat(int.MaxValue, 32)];
        Requantization r = new([int.MaxValue], [-1], 0, -128, 127);
        var output = new sbyte[64];
        int done = Avx2.IsSupported
            ? Codes.RunAvx2<SingleRounding>(accumulators, r, 0, output)
            : Codes.RunAdvSimd<SingleRounding>(accumulators, r, 0, output);
        Assert.Equal(64, done);
    }

    [Fact]
    public void Constants_that_do_not_cover_the_channels_are_an_error()
    {
        var output = new sbyte[4];
        Assert.Throws<ArgumentException>(() => RequantSingle.Run(new int[4], new([], [], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantSingle.Run(new int[4], new([1, 1], [0, 0], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantSingle.Run(new int[4], new(new int[4], new int[3], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() =>
            RequantSingle.Run(new int[2], new(new int[4], new int[4], 0, -128, 127), 3, output));
        Assert.Throws<ArgumentException>(() => RequantSingle.Run(new int[4], new([1f], 0, -128, 127), 0, output));
        Assert.Throws<ArgumentException>(() => RequantSingle.Run(new int[5], new([1], [0], 0, -128, 127), 0, output));
    }

    private static void Same(int x, int m, int shift)
    {
        Int128 expected = SingleRoundingReference.Multiply(x, m, shift);
        Assert.Equal(unchecked((int)(long)expected), SingleRounding.Multiply(x, m, shift));
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
        RequantSingle.Run(source.Span, r, firstChannel, actual.Span);
        for (int i = 0; i < accumulators.Length; i++)
        {
            int channel = perTensor ? 0 : firstChannel + i;
            int scaled = unchecked((int)(long)SingleRoundingReference.Multiply(
                accumulators[i], multipliers[channel], shifts[channel]));
            Assert.Equal((sbyte)Math.Clamp((long)scaled + zeroPoint, min, max), actual.Span[i]);
        }
    }
}
