using CsCheck;
using TinyQuant.Kernels;

namespace TinyQuant.Runtime.Tests.Kernels;

public class ArgMaxTests
{
    [Fact]
    public void First_of_equal_maxima_wins() => Gen.Int[-3, 3].Array[1, 70].Sample(values =>
    {
        int expected = Array.IndexOf(values, values.Max());
        using GuardedBuffer<int> ints = new(values);
        using GuardedBuffer<sbyte> bytes = new(Array.ConvertAll(values, v => (sbyte)v));
        using GuardedBuffer<float> floats = new(Array.ConvertAll(values, v => (float)v));
        Assert.Equal(expected, ArgMax.Run(ints.Span));
        Assert.Equal(expected, ArgMax.Run(bytes.Span));
        Assert.Equal(expected, ArgMax.Run(floats.Span));
        Assert.Equal(expected, ArgMax.FirstScalar<int>(ints.Span, int.MinValue));
    });

    [Fact]
    public void Least_values_count()
    {
        for (int length = 1; length < 40; length++)
        {
            Assert.Equal(0, ArgMax.Run([.. Enumerable.Repeat(int.MinValue, length)]));
            Assert.Equal(0, ArgMax.Run([.. Enumerable.Repeat(sbyte.MinValue, length)]));
            Assert.Equal(0, ArgMax.Run([.. Enumerable.Repeat(float.NegativeInfinity, length)]));
            Assert.Equal(0, ArgMax.Run([.. Enumerable.Repeat(float.NaN, length)]));
        }
    }

    [Fact]
    public void Nan_never_wins()
    {
        for (int length = 2; length < 40; length++)
        {
            float[] values = [.. Enumerable.Repeat(float.NaN, length)];
            values[^1] = float.NegativeInfinity;
            Assert.Equal(length - 1, ArgMax.Run(values));
            values[length / 2] = -5;
            Assert.Equal(length / 2, ArgMax.Run(values));
        }
    }

    [Fact]
    public void Nothing_has_no_maximum()
    {
        Assert.Throws<ArgumentException>(() => ArgMax.Run(ReadOnlySpan<int>.Empty));
        Assert.Throws<ArgumentException>(() => ArgMax.Run(ReadOnlySpan<float>.Empty));
        Assert.Throws<ArgumentException>(() => ArgMax.Run(ReadOnlySpan<sbyte>.Empty));
    }
}
