namespace TinyQuant.Training.Schedules;

/// <summary>
/// Half a cosine wave from <paramref name="first"/> down to <paramref name="last"/> (Loshchilov and Hutter, "SGDR:
/// Stochastic Gradient Descent with Warm Restarts", 2017, without the restarts).
/// </summary>
/// <param name="first">The rate of the first step.</param>
/// <param name="last">The rate that the last step comes close to.</param>
public sealed class CosineSchedule(float first, float last = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step, int steps)
    {
        RequireStep(step, steps);
        return (float)(last + ((first - last) * 0.5 * (1 + Math.Cos(Math.PI * step / steps))));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{first} to {last} along a cosine");
}
