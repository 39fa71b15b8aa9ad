using CsCheck;
using TinyQuant.Model;
using TinyQuant.Training.Codes;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Tests.Quantizers;

public class Int4QuantizerTests
{
    private static readonly Gen<float[]> s_weights = Gen.OneOf(
        Gen.Float[-3, 3], Gen.Const(0f), Gen.Float[-1e-3f, 1e-3f]).Array[
        4 * 72];

    [Theory]
    [InlineData(WeightFormat.Int4)]
    [InlineData(WeightFormat.Int4Groups)]
    public void Codes_scales_and_multipliers_are_what_the_model_file_allows(WeightFormat format) =>
        s_weights.Sample(values =>
    {
        WeightCodes codes = WeightCodes.Of(values, [4, 72], 0, format);
        Tensor tensor = codes.ToTensor("w", [4, 72], 0);
        Assert.Equal(4 * sizeof(ushort), tensor.ScaleBytes);
        Assert.Equal(codes.Codes, Int4Data.Codes(tensor));
        Assert.All(codes.Codes, c => Assert.InRange(c, (sbyte)-Int4Data.MaxCode, (sbyte)Int4Data.MaxCode));
        Assert.Equal(format == WeightFormat.Int4Groups ? 4 * 3 : 0, codes.Multipliers.Length);
        Assert.All(codes.Multipliers, m => Assert.InRange(m, (byte)1, (byte)Int4Data.MaxMultiplier));
        for (int i = 0; i < values.Length; i++)
        {
            float step = codes.Scales[i / 72]
                * (codes.Multipliers.Length == 0 ? 1 : codes.Multipliers[(i / 72 * 3) + (i % 72 / 32)]);
            Assert.Equal(step * codes.Codes[i], codes.Decode(i));
            Assert.Equal((sbyte)Math.Clamp(MathF.Round(values[i] * (1 / step), MidpointRounding.AwayFromZero), -7, 7),
                codes.Codes[i]);
        }
    }, iter: 100);

    [Fact]
    public void A_scale_has_no_more_error_than_the_one_that_clamps_nothing() => s_weights.Sample(values =>
    {
        WeightCodes codes = WeightCodes.Of(values, [4, 72], 0, WeightFormat.Int4);
        for (int o = 0; o < 4; o++)
        {
            float[] row = values[(o * 72)..((o + 1) * 72)];
            float widest = (float)(Half)(row.Max(MathF.Abs) / 7);
            double plain = row.Sum(v =>
                Math.Pow(
                    (Math.Clamp(MathF.Round(v / widest, MidpointRounding.AwayFromZero), -7, 7) * (double)widest) - v,
                    2));
            double best = Enumerable.Range(0, 72).Sum(i => Math.Pow((double)codes.Decode((o * 72) + i) - row[i], 2));
            Assert.InRange(best, 0, (plain * 1.0001) + 1e-12);
        }
    }, iter: 100);

    [Fact]
    public void A_large_weight_is_clamped_where_all_others_gain_by_it()
    {
        float[] values = [.. Enumerable.Range(0, 500).Select(i => (i / 249.5f) - 1), 2.2f];
        WeightCodes codes = WeightCodes.Of(values, [1, 501], 0, WeightFormat.Int4);
        double Error(Func<int, double> decoded) => values.Select((v, i) => Math.Pow(decoded(i) - v, 2)).Sum();
        double widest = (double)(Half)(2.2f / 7);

        // Steps of 0.31 cost the even ones 500 · 0.31² / 12 = 4.1, steps of 0.15 a fourth of that and 2.2 - 7 · 0.15
        // once.
        Assert.InRange(Error(i => codes.Decode(i)), 0, 0.7 * Error(i => Math.Round(values[i] / widest) * widest));
        Assert.InRange(codes.Scales[0], 0.44 * widest, 0.6 * widest);
        Assert.Equal(7, codes.Codes[^1]);
    }

    [Fact]
    public void Groups_of_small_weights_keep_what_one_scale_loses()
    {
        float[] values = [.. Enumerable.Range(0, 64).Select(i => i < 32 ? (i - 16) / 16f : (i - 48) / 320f)];
        double Error(WeightFormat format)
        {
            WeightCodes codes = WeightCodes.Of(values, [1, 64], 0, format);
            return Enumerable.Range(32, 32).Sum(i => Math.Pow(codes.Decode(i) - values[i], 2));
        }

        Assert.True(Error(WeightFormat.Int4Groups) < Error(WeightFormat.Int4) / 10);
    }

    [Theory]
    [InlineData(new[] { 4, 32 }, 0, WeightFormat.Int4)] // one group would be the whole
    [InlineData(new[] { 4, 33 }, 0, WeightFormat.Int4Groups)]
    [InlineData(new[] { 4, 3, 3, 5 }, 0, WeightFormat.Int4)] // rows of 15
    [InlineData(new[] { 4, 3, 3, 4 }, 0, WeightFormat.Int4Groups)]
    [InlineData(new[] { 4, 1, 3, 15 }, 0, WeightFormat.Int4Groups)]
    [InlineData(new[] { 1, 3, 3, 64 }, 3, WeightFormat.Int4)]
    public void Groups_are_where_the_kernels_have_them(int[] shape, int axis, WeightFormat format)
    {
        Assert.Equal(format, WeightFormat.Int4Groups.For([.. shape], axis));
        Assert.Equal(WeightFormat.Int8, WeightFormat.Int8.For([.. shape], axis));
    }
}
