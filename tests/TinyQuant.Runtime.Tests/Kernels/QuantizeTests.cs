using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class QuantizeTests
{
    private static readonly Gen<float> s_real =
        Gen.OneOf(Gen.Float[-1000, 1000], Gen.Float[-1, 1], Gen.Float, Gen.OneOfConst(
            0f, -0f, 0.5f, -0.5f, 1.5f, -1.5f, 0.49999997f, float.NaN, float.PositiveInfinity, float.NegativeInfinity));

    [Fact]
    public void Rounding_is_half_away_at_every_near_tie()
    {
        // Every half below 2^22 and its neighbours, of both signs.
        for (int n = 0; n < 1 << 22; n++)
        {
            float tie = n + 0.5f;
            float below = MathF.BitDecrement(tie), above = MathF.BitIncrement(tie);
            bool exact = Quantize.Round(tie) == n + 1 && Quantize.Round(below) == n && Quantize.Round(above) == n + 1
                && Quantize.Round(-tie) == -n - 1 && Quantize.Round(-below) == -n && Quantize.Round(-above) == -n - 1
                && Quantize.Round(n) == n && Quantize.Round(-n) == -n;
            if (!exact)
            {
                Assert.Fail($"{tie}");
            }
        }
    }

    [Fact]
    public void Rounding_in_double_is_half_away_around_every_code()
    {
        for (double tie = -256.5; tie <= 256.5; tie += 0.5)
        {
            Assert.All([tie, Math.BitDecrement(tie), Math.BitIncrement(tie)],
                t => Assert.Equal(Math.Round(t, MidpointRounding.AwayFromZero), Quantize.Round(t)));
        }
    }

    [Fact]
    public void Run_is_the_division_rounded_half_away() =>
        Gen.Select(s_real.Array[0, 70], Gen.OneOf(Gen.Float[1e-4f, 10], Gen.OneOfConst(1f, 0.5f, 1 / 255f)),
            Gen.Int[-128, 127])
            .Sample((input, scale, zeroPoint) =>
            {
                using GuardedBuffer<float> source = new(input);
                using GuardedBuffer<sbyte> actual = new(input.Length);
                Quantize.Run(source.Span, scale, zeroPoint, actual.Span);
                for (int i = 0; i < input.Length; i++)
                {
                    double rounded = Math.Round(input[i] / scale, MidpointRounding.AwayFromZero);
                    double code = double.IsNaN(rounded) ? zeroPoint : Math.Clamp(rounded + zeroPoint, -128, 127);
                    Assert.Equal((sbyte)code, actual.Span[i]);
                }
            });

    [Fact]
    public void Run_takes_any_scale() => Gen.Select(s_real.Array[0, 40], s_real, Gen.Int[-128, 127]).Sample(
        (input, scale, zeroPoint) =>
        {
            var actual = new sbyte[input.Length];
            var expected = new sbyte[input.Length];
            Quantize.Run(input, scale, zeroPoint, actual);
            Quantize.RunScalar(input, scale, zeroPoint, expected);
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void FromPixels_flips_the_top_bit()
    {
        for (int length = 0; length < 70; length++)
        {
            using GuardedBuffer<byte> pixels = new(length);
            using GuardedBuffer<sbyte> codes = new(length);
            Random.Shared.NextBytes(pixels.Span);
            Quantize.FromPixels(pixels.Span, codes.Span);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(pixels.Span[i] - 128, codes.Span[i]);
            }
        }
    }

    [Fact]
    public void Dequantize_is_the_product_in_double() =>
        Gen.Select(Gen.SByte.Array[0, 70], Gen.OneOf(Gen.Float, Gen.Float[0, 1]), Gen.Int[-128, 127])
            .Sample((codes, scale, zeroPoint) =>
            {
                using GuardedBuffer<sbyte> source = new(codes);
                using GuardedBuffer<float> actual = new(codes.Length);
                Dequantize.Run(source.Span, scale, zeroPoint, actual.Span);
                for (int i = 0; i < codes.Length; i++)
                {
                    Assert.Equal((float)((double)scale * (codes[i] - zeroPoint)), actual.Span[i]);
                }
            });

    [Fact]
    public void Lengths_that_differ_are_errors_with_both_lengths()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Quantize.Run(new float[3], 1, 0, new sbyte[4]));
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
        Assert.Contains("4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Quantize.FromPixels(new byte[3], new sbyte[2]));
        Assert.Throws<ArgumentException>(() => Quantize.Dynamic(new float[3], new sbyte[2], out _, out _));
        Assert.Throws<ArgumentException>(() => Dequantize.Run(new sbyte[3], 1, 0, new float[2]));
    }
}
