using CsCheck;
using TinyQuant.Kernels;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Tests;

namespace TinyQuant.Runtime.Tests.Kernels;

public class SoftmaxTests
{
    /// <summary>e^(−d/16) in Q0.31.</summary>
    private static readonly int[] s_exponentials =
        [.. Enumerable.Range(0, 256).Select(d =>
            (int)Math.Min(int.MaxValue, Math.Round(Math.Exp(-d / 16.0) * (1L << 31))))];

    [Fact]
    public void Codes_are_the_softmax_of_what_the_table_means() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 40], Gen.Int).Sample((rows, depth, seed) =>
        {
            using GuardedBuffer<sbyte> input = new(rows * depth);
            using GuardedBuffer<int> exponentials = new(s_exponentials);
            using GuardedBuffer<sbyte> codes = new(rows * depth);
            using GuardedBuffer<short> words = new(rows * depth);
            var random = new Random(seed);
            for (int i = 0; i < input.Span.Length; i++)
            {
                input.Span[i] = (sbyte)random.Next(-128, 128);
            }

            Softmax.Int8(input.Span, depth, exponentials.Span, codes.Span);
            Softmax.Int8ToInt16(input.Span, depth, exponentials.Span, words.Span);
            for (int i = 0; i < input.Span.Length; i++)
            {
                double sum = 0;
                foreach (sbyte x in input.Span.Slice(i / depth * depth, depth))
                {
                    sum += Math.Exp(x / 16.0);
                }

                double real = Math.Exp(input.Span[i] / 16.0) / sum;
                Assert.InRange(codes.Span[i], Math.Min((real * 256) - 128 - 0.6, 127), (real * 256) - 128 + 0.6);
                Assert.InRange(words.Span[i], Math.Min((real * 65536) - 32768 - 2, 32767), (real * 65536) - 32768 + 2);
            }
        });

    [Fact]
    public void Codes_are_those_of_the_reference_step_by_step() =>
        Gen.Select(Gen.SByte.Array[1, 70], Gen.Int[0, 255], Gen.Int[1, 100]).Sample((row, last, scale) =>
        {
            // From e^0 on down to where exponentials count as nothing.
            int[] exponentials = [.. Enumerable.Range(0, 256).Select(d =>
                d > last ? 0 : (int)Math.Min(int.MaxValue, Math.Round(Math.Exp(-d / (double)scale) * (1L << 31))))];
            var codes = new sbyte[row.Length];
            var words = new short[row.Length];
            Softmax.Int8(row, row.Length, exponentials, codes);
            Softmax.Int8ToInt16(row, row.Length, exponentials, words);
            int max = row.Max();
            int sum = row.Sum(x => Gemmlowp.RoundingDivideByPot(exponentials[max - x], 12));
            int headroom = System.Numerics.BitOperations.LeadingZeroCount((uint)sum);
            int reciprocal = FixedPoint.OneOverOnePlus((int)(((long)sum << headroom) - (1L << 31)));
            for (int i = 0; i < row.Length; i++)
            {
                int product = Gemmlowp.SaturatingRoundingDoublingHighMul(reciprocal, exponentials[max - row[i]]);
                Assert.Equal(Math.Min(Gemmlowp.RoundingDivideByPot(product, 12 - headroom + 23) - 128, 127), codes[i]);
                Assert.Equal(
                    Math.Min(Gemmlowp.RoundingDivideByPot(product, 12 - headroom + 15) - 32768, 32767), words[i]);
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(1, 127)]
    [InlineData(2, 0)]
    [InlineData(4, -64)]
    [InlineData(256, -127)]
    [InlineData(1024, -128)]
    [InlineData(4096, -128)]
    public void Equal_codes_share_alike(int depth, int expected)
    {
        var output = new sbyte[depth];
        Softmax.Int8(new sbyte[depth], depth, s_exponentials, output);
        Assert.All(output, code => Assert.Equal(expected, code));
    }

    [Fact]
    public void Large_reals_do_not_overflow()
    {
        var output = new float[3];
        Softmax.Float32([1000, 999, -1000], 3, 1, output);
        Assert.Equal(1 / (1 + MathF.Exp(-1)), output[0], 1e-6f);
        Assert.Equal(1 - (1 / (1 + MathF.Exp(-1))), output[1], 1e-6f);
        Assert.Equal(0, output[2]);
    }
}
