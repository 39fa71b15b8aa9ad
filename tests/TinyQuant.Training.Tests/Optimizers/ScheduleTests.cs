using TinyQuant.Training.Schedules;

namespace TinyQuant.Training.Tests.Optimizers;

public class ScheduleTests
{
    [Fact]
    public void Steps_multiply_at_equal_distances()
    {
        var schedule = new StepSchedule(1, stages: 3, factor: 0.5f);

        Assert.Equal([1f, 1f, 0.5f, 0.5f, 0.25f, 0.25f], Enumerable.Range(0, 6).Select(s => schedule.At(s, 6)));
    }

    [Fact]
    public void A_warm_up_rises_in_a_straight_line_and_then_follows()
    {
        var schedule = new WarmUpSchedule(new CosineSchedule(1), 0.4);

        float[] rates = [.. Enumerable.Range(0, 10).Select(s => schedule.At(s, 10))];

        Assert.Equal([0.2f, 0.4f, 0.6f, 0.8f, 1f], rates[..5]);
        Assert.Equal(new CosineSchedule(1).At(3, 6), rates[7]);
    }
}
