namespace TinyQuant.Training.Schedules;

/// <summary>The learning rate at each step.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of one step.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="steps">How many there are in all.</param>
    public abstract float At(int step, int steps);
}
