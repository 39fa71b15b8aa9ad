using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class DynamicTests
{
    private static readonly Gen<float> s_finite = Gen.Float.Where(float.IsFinite);

    [Fact]
    public void Equals_the_reference() => Gen.OneOf(
        Gen.Float[-1, 1].Array[0, 150], Gen.Float[0, 1].Array[0, 150], Gen.Float[-5, 0].Array[0, 150],
        Gen.Float[-1e-3f, 100].Array[1, 150], s_finite.Array[0, 100]).Sample(Compare, iter: 20_000);

    [Fact]
    public void Equals_the_reference_at_ties() =>
        Gen.Select(Gen.Int[-128, 127], Gen.Int[-20, 20]).Sample((zeroPoint, power) =>
    {
        // The ends fix a scale that is a power of two and this zero point; then every half step and its neighbours.
        float scale = MathF.ScaleB(1, power);
        List<float> values = [(-128 - zeroPoint) * scale, (127 - zeroPoint) * scale];
        for (int half = -2 * (128 + zeroPoint); half <= 2 * (127 - zeroPoint); half++)
        {
            float value = half * 0.5f * scale;
            values.Add(value);
            values.Add(MathF.BitDecrement(value));
            values.Add(MathF.BitIncrement(value));
        }

        float[] inside = [.. values.Where(v => v >= values[0] && v <= values[1])];
        Quantize.Dynamic(inside, new sbyte[inside.Length], out float actual, out int zero);
        Assert.Equal((scale, zeroPoint), (actual, zero));
        Compare(inside);
    }, iter: 300);

    [Fact]
    public void Zero_has_scale_one()
    {
        Compare([]);
        Compare(new float[40]);
        Compare([0f, -0f]);
        float[] tiny = [float.Epsilon, 0];
        sbyte[] codes = [1, 1];
        Quantize.Dynamic(tiny, codes, out float scale, out int zeroPoint);
        Assert.Equal((1f, 0), (scale, zeroPoint));
        Assert.Equal([0, 0], codes);
    }

    [Fact]
    public void Nan_is_the_zero_point_and_an_infinity_the_end_of_the_range()
    {
        for (int length = 6; length < 80; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i / (float)length)];
            values[length / 2] = float.NaN;
            var codes = new sbyte[length];
            Quantize.Dynamic(values, codes, out float scale, out int zeroPoint);
            Assert.Equal(-128, zeroPoint);
            Assert.Equal(values.Where(v => !float.IsNaN(v)).Max() / 255, scale, 6);
            Assert.Equal(-128, codes[length / 2]);
            Assert.Equal(127, codes[^1]);

            values[length / 2] = float.NegativeInfinity;
            values[length / 3] = float.NaN;
            Quantize.Dynamic(values, codes, out scale, out zeroPoint);
            Assert.True(float.IsFinite(scale));
            Assert.Equal(127, zeroPoint);
            Assert.Equal(-128, codes[length / 2]);
            Assert.Equal(127, codes[length / 3]);
        }
    }

    [Fact]
    public void Codes_plus_128_are_the_same_codes() => s_finite.Array[0, 100].Sample(values =>
    {
        var signed = new sbyte[values.Length];
        var unsigned = new sbyte[values.Length];
        Quantize.Dynamic(values, signed, isUnsigned: false, out _, out _);
        Quantize.Dynamic(values, unsigned, isUnsigned: true, out _, out _);
        Assert.Equal(signed.Select(c => (sbyte)(c ^ -128)), unsigned);
    });

    private static void Compare(float[] values)
    {
        using GuardedBuffer<float> input = new(values);
        using GuardedBuffer<sbyte> actual = new(values.Length);
        Quantize.Dynamic(input.Span, actual.Span, out float scale, out int zeroPoint);
        var expected = new sbyte[values.Length];
        Reference(values, expected, out float expectedScale, out int expectedZeroPoint);
        if (!float.IsFinite(1 / expectedScale))
        {
            // The reference's own conversions overflow here.
            return;
        }

        Assert.Equal((expectedScale, expectedZeroPoint), (scale, zeroPoint));
        Assert.Equal(expected, actual.Span.ToArray());
    }

    /// <summary>The published algorithm, statement by statement.</summary>
    private static void Reference(float[] values, sbyte[] codes, out float scalingFactor, out int offset)
    {
        const double QMin = -128, QMax = 127;
        double rmin = 0, rmax = 0;
        foreach (float value in values)
        {
            rmin = Math.Min(rmin, value);
            rmax = Math.Max(rmax, value);
        }

        if (rmin == rmax)
        {
            Array.Clear(codes);
            scalingFactor = 1;
            offset = 0;
            return;
        }

        double scale = (rmax - rmin) / (QMax - QMin);
        double fromMin = QMin - (rmin / scale);
        double fromMax = QMax - (rmax / scale);
        double fromMinError = Math.Abs(QMin) + Math.Abs(rmin / scale);
        double fromMaxError = Math.Abs(QMax) + Math.Abs(rmax / scale);
        double zeroPoint = fromMinError < fromMaxError ? fromMin : fromMax;
        offset = zeroPoint <= QMin ? -128
            : zeroPoint >= QMax ? 127
            : (sbyte)Math.Round(zeroPoint, MidpointRounding.AwayFromZero);
        scalingFactor = (float)scale;
        float inverse = (float)(1.0 / scalingFactor);
        for (int i = 0; i < values.Length; i++)
        {
            float product = values[i] * inverse;
            float sum = offset + product;
            codes[i] = (sbyte)Math.Clamp(Math.Round(sum, MidpointRounding.AwayFromZero), QMin, QMax);
        }
    }
}
