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
        peaks.Add([.. Enumerable.Range(0, 99_999).Select(i => i % 21 * 0.05f * (i % 21 % 2 + 1)), 40]);
        Assert.InRange(RangeChooser.Choose(CalibrationMethod.Entropy, peaks).Max, 2, 39);
    }

    [Fact]
    public void Entropy_does_not_cut_for_a_value_taken_by_half()
    {
        // As after ReLU over pictures with an empty background: many zeros, one channel's constant, and a tail.
        var statistics = new ActivationStatistics(new ValueRange(0, 1), 200_000);
        statistics.Add([.. Enumerable.Range(0, 200_000).Select(i => (i % 4) switch { 0 => 0f, 1 => 0.137f, _ => i / 199_999f })]);
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
