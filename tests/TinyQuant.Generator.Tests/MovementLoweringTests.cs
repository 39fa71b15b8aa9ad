using CsCheck;

namespace TinyQuant.Generator.Tests;

/// <summary>What the compiler works out for operators that copy and reduce.</summary>
public class MovementLoweringTests
{
    [Fact]
    public void Dimensions_that_run_on_are_merged()
    {
        // [2, 3, 4, 5] whole; its rows 1 to 2 of 3; NHWC as NCHW; and backwards.
        Assert.Equal([(120, 1)], ViewWriter.Collapse([(2, 60), (3, 20), (4, 5), (5, 1)]));
        Assert.Equal([(2, 60), (40, 1)], ViewWriter.Collapse([(2, 60), (2, 20), (4, 5), (5, 1)]));
        Assert.Equal([(2, 60), (5, 1), (12, 5)], ViewWriter.Collapse([(2, 60), (5, 1), (3, 20), (4, 5)]));
        Assert.Equal([(120, -1)], ViewWriter.Collapse([(24, -5), (5, -1)]));
        Assert.Equal([(4, 7)], ViewWriter.Collapse([(1, 3), (4, 7), (1, 0)]));
        Assert.Equal([(1, 1)], ViewWriter.Collapse([(1, 5), (1, 1)]));
    }

    [Fact]
    public void Merging_changes_no_element() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[-6, 6]).Array[1, 4].Sample(dimensions =>
        Assert.Equal(Elements(dimensions), Elements(ViewWriter.Collapse(dimensions))));

    [Theory]
    [InlineData(1 << 30, 0, 1, 1 << 30, 0)]
    [InlineData(1 << 30, 0, 4, 1 << 30, -2)]
    [InlineData(1 << 30, 0, 3, 715827882, -1)] // 2^31 / 3, rounded down
    [InlineData(int.MaxValue, 1, 1_000_000, 1125899906, -18)] // (2^31 - 1) 2^19 / 10^6
    [InlineData(1 << 30, -31, 4, 1 << 28, -31)] // no bit can be shifted in
    [InlineData(1 << 30, -30, 12, 178956970, -31)] // one can: 2^31 / 12
    public void A_mean_divides_the_multiplier(int multiplier, int shift, int count, int expected, int expectedShift) =>
        Assert.Equal(new FixedPointMultiplier(expected, expectedShift),
            ReductionEmitter.DividedBy(new FixedPointMultiplier(multiplier, shift), count));

    private static List<int> Elements(IEnumerable<(int Size, int Stride)> dimensions) => dimensions.Aggregate(
        new List<int> { 0 },
        (from, dimension) =>
            [.. from.SelectMany(at => Enumerable.Range(0, dimension.Size).Select(i => at + (i * dimension.Stride)))]);
}
