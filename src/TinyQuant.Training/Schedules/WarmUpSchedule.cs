namespace TinyQuant.Training.Schedules;

/// <summary>Rises from near 0 to another schedule's first rate in a straight line, and then follows that.</summary>
/// <param name="then">The schedule of the rest.</param>
/// <param name="part">The part of all steps that it takes, in (0, 1).</param>
public sealed class WarmUpSchedule(LearningRateSchedule then, double part) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step, int steps)
    {
        RequireStep(step, steps);
        int warm = Math.Min((int)Math.Ceiling(steps * part), steps - 1); // one step at least is left to what follows
        return step < warm ? then.At(0, steps - warm) * (step + 1) / (warm + 1) : then.At(step - warm, steps - warm);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{then}, warmed up over {part:P0}");
}
