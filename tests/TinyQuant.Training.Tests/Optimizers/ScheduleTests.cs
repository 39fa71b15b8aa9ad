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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    public void Every_schedule_has_a_rate_for_any_number_of_steps(int steps)
    {
        LearningRateSchedule[] parts = [
            new CosineSchedule(0.5f), new StepSchedule(0.5f), new StepSchedule(0.5f, stages: 1)];
        foreach (LearningRateSchedule schedule in parts.Concat(
            from part in parts from share in new[] { 0.01, 0.1, 0.5, 0.99 } select new WarmUpSchedule(part, share)))
        {
            Assert.All(Enumerable.Range(0, steps), s => Assert.InRange(schedule.At(s, steps), 1e-3f, 0.5f));
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(0, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(-1, steps));
        }

        Assert.Equal(0.5f, new WarmUpSchedule(new CosineSchedule(0.5f), 0.1).At(0, 1));
    }
}
