namespace TinyQuant.Data.Tests;

public class RankStatisticsTests
{
    [Fact]
    public void The_area_is_the_part_of_pairs_in_the_right_order()
    {
        var random = new Pcg32(4);
        float[] scores = [.. Enumerable.Range(0, 60).Select(_ => (float)random.NextBelow(12))];
        bool[] positive = [.. Enumerable.Range(0, 60).Select(_ => random.NextBelow(3) == 0)];
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 60; j++)
            {
                if (positive[i] && !positive[j])
                {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        Assert.Equal(right / pairs, RankStatistics.AreaUnderCurve(scores, positive), 1e-12);
        Assert.Throws<ArgumentException>(() => RankStatistics.AreaUnderCurve([1, 2], [true, true]));
    }

    [Fact]
    public void A_threshold_takes_no_more_false_alarms_than_allowed()
    {
        Assert.Equal([4f, 4, 2, 0], new[] { 0, 0.24, 0.5, 1 }.Select(f => RankStatistics.Threshold([3, 1, 4, 2], f)));
        Assert.Throws<ArgumentException>(() => RankStatistics.Threshold([], 0.1));
    }

    [Fact]
    public void The_curve_goes_from_nothing_to_all_and_has_the_area()
    {
        float[] scores = [3, 1, 2, 2, 5, 2];
        bool[] positive = [true, false, true, false, true, false];
        IReadOnlyList<(double FalseAlarms, double Found)> curve = RankStatistics.Curve(scores, positive);

        Assert.Equal((0, 0), curve[0]);
        Assert.Equal((1, 1), curve[^1]);
        double area = curve.Zip(curve.Skip(1), (a, b) => (b.FalseAlarms - a.FalseAlarms) * (a.Found + b.Found) / 2)
            .Sum();
        Assert.Equal(RankStatistics.AreaUnderCurve(scores, positive), area, 1e-12);
    }
}
