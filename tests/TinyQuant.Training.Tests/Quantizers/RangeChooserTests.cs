using TinyQuant.Data;
using TinyQuant.Training.Quantizers;

namespace TinyQuant.Training.Tests.Quantizers;

public class RangeChooserTests
{
    [Fact]
    public void MinMax_is_what_was_seen() =>
        Assert.Equal(new ValueRange(-1, 40), RangeChooser.Choose(CalibrationMethod.MinMax, WithOutlier()));

    [Fact]
    public void Percentile_leaves_out_what_is_rare() =>
        Assert.Equal(3, RangeChooser.Choose(CalibrationMethod.Percentile, WithOutlier()).Max, 0.05f);

    [Theory]
    [InlineData(4, 1)]
    [InlineData(6, 2)]
    public void Percentile_leaves_out_five_of_100_000_on_either_side(int far, float end)
    {
        // Values from -1 to 1, and some at -2 and at 2.
        var statistics = new ActivationStatistics(new ValueRange(-2, 2), 100_000);
        statistics.Add([
            .. Enumerable.Range(0, 100_000).Select(i => i < far ? -2 : i < 2 * far ? 2 : -1 + (i * 2f / 100_000))]);

        ValueRange range = RangeChooser.Choose(CalibrationMethod.Percentile, statistics);
        Assert.Equal(end, range.Max, 0.005f);
        Assert.Equal(-end, range.Min, 0.005f);
    }

    [Fact]
    public void Mse_shrinks_a_range_to_a_fifth_and_no_further()
    {
        // 5 million values from 0 to 1 and one 40: 6.4 m² + (40 - m)² is least at 5.4, below the last candidate.
        var statistics = new ActivationStatistics(new ValueRange(0, 40), 100_001);
        float[] even = [.. Enumerable.Range(0, 100_001).Select(i => i / 100_000f)];
        for (int i = 0; i < 49; i++)
        {
            statistics.Add(even);
        }

        even[^1] = 40;
        statistics.Add(even);

        Assert.Equal(8, RangeChooser.Choose(CalibrationMethod.Mse, statistics).Max, 1e-3f);
    }

    [Fact]
    public void Means_are_of_each_element_over_the_examples()
    {
        var statistics = new ActivationStatistics(new ValueRange(0, 10), 3);
        statistics.Add([1, 2, 3]);
        statistics.Add([3, 4, 10]);

        Assert.Equal([2, 3, 6.5], statistics.Means);
        Assert.Equal(6, statistics.Histogram.Sum());
    }

    [Fact]
    public void Mse_cuts_an_outlier_that_costs_all_others_more()
    {
        ValueRange range = RangeChooser.Choose(CalibrationMethod.Mse, WithOutlier());
        Assert.InRange(range.Max, 3, 39);
        Assert.InRange(range.Min, -1.1f, -0.9f);
    }

    [Fact]
    public void Mse_keeps_an_even_distribution_whole()
    {
        var statistics = new ActivationStatistics(new ValueRange(0, 1), 1000);
        statistics.Add([.. Enumerable.Range(0, 1000).Select(i => i / 999f)]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Mse, statistics).Max, 0.98f, 1);
    }

    [Fact]
    public void Entropy_keeps_an_even_distribution_whole_and_cuts_an_outlier()
    {
        var even = new ActivationStatistics(new ValueRange(0, 1), 100_000);
        even.Add([.. Enumerable.Range(0, 100_000).Select(i => i / 99_999f)]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Entropy, even).Max, 0.97f, 1);
        // Peaks that codes over the whole range could not tell apart.
        var peaks = new ActivationStatistics(new ValueRange(0, 40), 100_000);
        peaks.Add([.. Enumerable.Range(0, 99_999).Select(i => i % 21 * 0.05f * ((i % 21 % 2) + 1)), 40]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Entropy, peaks).Max, 2, 39);
    }

    [Fact]
    public void Entropy_does_not_cut_for_a_value_taken_by_half()
    {
        // As after ReLU over pictures with an empty background: many zeros, one channel's constant, and a tail.
        var statistics = new ActivationStatistics(new ValueRange(0, 1), 200_000);
        statistics.Add([
            .. Enumerable.Range(0, 200_000).Select(i => (i % 4) switch { 0 => 0f, 1 => 0.137f, _ => i / 199_999f })]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Entropy, statistics).Max, 0.97f, 1);
    }

    [Fact]
    public void Entropy_keeps_a_thin_tail_beside_a_value_taken_often()
    {
        // 40 % are 0.137: spread over the eight bars of a code that would look like a loss, which a range to 0.3 has
        // less of.
        var statistics = new ActivationStatistics(new ValueRange(0, 1), 200_000);
        statistics.Add([.. Enumerable.Range(0, 200_000).Select(i => (i % 100) switch
        {
            < 40 => 0.137f,
            40 => 0.3f + (0.7f * i / 199_940),
            _ => 0.3f * (int)((long)i * 7919 % 200_000) / 200_000,
        })]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Entropy, statistics).Max, 0.97f, 1);
    }

    [Theory]
    [InlineData(CalibrationMethod.Percentile)]
    [InlineData(CalibrationMethod.Mse)]
    [InlineData(CalibrationMethod.Entropy)]
    public void A_constant_has_the_range_that_it_has(CalibrationMethod method)
    {
        var statistics = new ActivationStatistics(new ValueRange(2, 2), 3);
        statistics.Add([2, 2, 2]);
        Assert.Equal(new ValueRange(2, 2), RangeChooser.Choose(method, statistics));
    }

    /// <summary>From -1 to 3, and once 40.</summary>
    private static ActivationStatistics WithOutlier()
    {
        var statistics = new ActivationStatistics(new ValueRange(-1, 40), 100_000);
        statistics.Add([.. Enumerable.Range(0, 99_999).Select(i => -1 + (i * 4f / 99_998)), 40]);
        return statistics;
    }
}
