using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Runtime.Tests.Kernels;

/// <summary>Whole tiles, with constants that are laid out before, against the scalar forms.</summary>
public unsafe class ScalingChoiceTests
{
    private static readonly Gen<int[]> s_shifts =
        Gen.OneOf(Gen.Int[-31, -1], Gen.Int[-12, -4], Gen.OneOfConst(-31, -2, -1, 0, 0, 1, 5, 12)).Array[16];

    private static readonly Gen<int[]> s_bias =
        Gen.OneOf(Gen.Int[-30_000, 30_000], Gen.Int, Gen.OneOfConst(1 << 30, -(1 << 30), (1 << 30) - 40_000)).Array[16];

    [Fact]
    public void Double() => Fixed<RequantDouble>();

    [Fact]
    public void Single() => Fixed<RequantSingle>();

    [Fact]
    public void Float_even() => Gen.Select(
        Gen.OneOf(Gen.Float[1e-5f, 0.9f], Gen.OneOfConst(1e-30f, 1f, 1000f)).Array[16], s_bias, Gen.Int[1, 7], Gen.Bool,
        Gen.Int[0, 10_000])
        .Sample((scales, bias, positions, wide, seed) => Check<RequantFloatEven>(
            new Requantization(scales, -3, -120, 127), bias, positions, wide, seed), iter: 3_000);

    private static void Fixed<TRequantizer>()
        where TRequantizer : struct, IRequantizer =>
        Gen.Select(s_shifts, Gen.OneOf(Gen.Int[1 << 30, int.MaxValue], Gen.Const(0)).Array[16], s_bias, Gen.Int[1, 7],
            Gen.Bool, Gen.Int[0, 10_000],
            Gen.OneOfConst(-128, 4, 5, 20))
            .Sample((shifts, multipliers, bias, positions, wide, seed, min) => Check<TRequantizer>(
                new Requantization(multipliers, shifts, 5, min, 100), bias, positions, wide, seed), iter: 9_000);

    private static void Check<TRequantizer>(Requantization r, int[] bias, int positions, bool wide, int seed)
        where TRequantizer : struct, IRequantizer
    {
        const int products = 30_000;
        int channels = wide ? 16 : 8;
        Random random = new(seed);
        using GuardedBuffer<int> sums = new(positions * channels);
        for (int i = 0; i < sums.Span.Length; i++)
        {
            // Ties to either side are as likely as any sum.
            int product = random.Next(3) == 0 ? random.Next(-8, 9) * 1024 : random.Next(-products, products + 1);
            sums.Span[i] = (int)Math.Clamp((long)bias[i % channels] + product, int.MinValue, int.MaxValue);
        }

        sbyte[] expected = new sbyte[sums.Span.Length];
        for (int position = 0; position < positions; position++)
        {
            TRequantizer.Run(
                sums.Span.Slice(position * channels, channels), r, 0, expected.AsSpan(position * channels, channels));
        }

        using GuardedBuffer<sbyte> output = new(sums.Span.Length);
        int* constants = stackalloc int[2 * ChannelConstants.Block];
        fixed (int* source = sums.Span)
        fixed (sbyte* target = output.Span)
        {
            SumTile tile = new()
            {
                Sums = source,
                SumStride = channels,
                Positions = positions,
                Channels = channels,
                Constants = constants,
                Output = target,
                Stride = channels,
                ZeroPoint = r.ZeroPoint,
                Min = r.Min,
                Max = r.Max,
            };
            uint kinds = ScalingChoice.Prepare<TRequantizer>(r, 0, channels, products, bias, constants);
            ScalingChoice.Run<TRequantizer>(&tile, kinds, r, 0);
        }

        Assert.Equal(expected, output.Span.ToArray());
    }
}
