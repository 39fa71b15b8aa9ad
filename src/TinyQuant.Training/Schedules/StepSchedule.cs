namespace TinyQuant.Training.Schedules;

/// <summary>A rate that is multiplied by a factor at equal distances.</summary>
/// <param name="first">The rate of the first stage.</param>
/// <param name="stages">How many stages of equal length there are.</param>
/// <param name="factor">The rate of a stage over that of the one before.</param>
public sealed class StepSchedule(float first, int stages = 3, float factor = 0.1f) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step, int steps)
    {
        RequireStep(step, steps);
        return first * MathF.Pow(factor, Math.Min(stages - 1, (int)((long)step * stages / steps)));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{first} in {stages} stages by {factor}");
}
