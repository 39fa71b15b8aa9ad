namespace TinyQuant.Training.Schedules;

/// <summary>The learning rate at each step.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of one step; a finite number for every number of steps, one included.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="steps">How many there are in all; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative, or there are no
    /// steps.</exception>
    public abstract float At(int step, int steps);

    private protected static void RequireStep(int step, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
    }
}
