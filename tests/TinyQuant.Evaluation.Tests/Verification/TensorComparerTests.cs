using System.Runtime.InteropServices;
using TinyQuant.Evaluation.Verification;
using TinyQuant.Model;

namespace TinyQuant.Evaluation.Tests.Verification;

/// <summary>The one comparison that <c>tinyquant verify</c> and the tests of golden models share.</summary>
public class TensorComparerTests
{
    private const float Infinity = float.PositiveInfinity;
    private const float Greatest = float.MaxValue;

    [Theory]
    [InlineData(1, 1.00009f, true)]
    [InlineData(1, 1.0002f, false)]
    [InlineData(0, 0.000009f, true)]
    [InlineData(0, -0.000011f, false)]
    [InlineData(Infinity, Infinity, true)]
    [InlineData(Infinity, -Infinity, false)]
    [InlineData(Infinity, 1, false)]
    [InlineData(Infinity, Greatest, false)]
    [InlineData(Infinity, float.NaN, false)]
    [InlineData(-Infinity, -Greatest, false)]
    [InlineData(Greatest, Infinity, false)]
    [InlineData(1, Infinity, false)]
    [InlineData(1, float.NaN, false)]
    [InlineData(float.NaN, float.NaN, true)]
    [InlineData(float.NaN, 1, false)]
    [InlineData(float.NaN, Infinity, false)]
    public void A_real_is_right_within_the_tolerance(float expected, float actual, bool isRight) =>
        Assert.Equal(isRight, Compare(Tolerance.Float32, [expected], [actual]).Count == 0);

    [Fact]
    public void Without_an_absolute_bound_small_values_count()
    {
        Tolerance relative = new(1e-4, 0);
        Assert.True(relative.Accepts(-1e-20f, -1.00001e-20f));
        Assert.False(relative.Accepts(-1e-20f, 0));
        Assert.False(relative.Accepts(3.8e-44f, 0));
        Assert.True(Tolerance.Float32.Accepts(-1e-20f, 0)); // which is why
    }

    [Fact]
    public void Equal_to_the_bit_is_more_than_right()
    {
        Assert.True(Compare(Tolerance.Float32, [1, float.NaN], [1, -float.NaN]).IsEqual);
        TensorComparison close = Compare(Tolerance.Float32, [1, 2, 3], [1, 2.00001f, 3]);
        Assert.Equal((false, 0), (close.IsEqual, close.Count));
        TensorComparison zeros = Compare(Tolerance.None, [0f], [-0f]);
        Assert.Equal((false, 0), (zeros.IsEqual, zeros.Count));
    }

    [Fact]
    public void The_first_of_what_is_wrong_is_named()
    {
        Assert.Equal(new TensorComparison(false, 2, 1, 2, 5), Compare(Tolerance.Float32, [1, 2, 3, 4], [1, 5, 3, -4]));
        Assert.Equal(new TensorComparison(false, 1, 2, 3, -3),
            TensorComparer.Compare(TensorType.Int8, Tolerance.Float32, [1, 2, 3], [1, 2, 253]));
    }

    [Fact]
    public void A_tolerance_is_written_alike_everywhere() =>
        Assert.Equal("0.0001 of the value or 0.00001, whichever is larger", Tolerance.Float32.ToString());

    private static TensorComparison Compare(Tolerance tolerance, float[] expected, float[] actual) =>
        TensorComparer.Compare(TensorType.Float32, tolerance, MemoryMarshal.AsBytes<float>(expected),
            MemoryMarshal.AsBytes<float>(actual));
}
