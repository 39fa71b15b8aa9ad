namespace Gateway.Alerts;

/// <summary>
/// When a sensor's scores are an alert. It is raised by several frames in a row above the threshold and cleared by more
/// of them below a lower one (hysteresis), and raised again only after a while: a sensor at the threshold, or one that
/// comes and goes, is no flood. Nothing is allocated.
/// </summary>
/// <param name="options">The numbers.</param>
/// <param name="time">Whose timestamps are given.</param>
internal sealed class AlertPolicy(AlertOptions options, TimeProvider time)
{
    private readonly float _clearBelow = options.Threshold * options.ClearRatio;

    /// <summary>Takes the score of a sensor's next frame.</summary>
    /// <param name="state">The sensor's.</param>
    /// <param name="score">At least 0.</param>
    /// <param name="now">The time provider's timestamp.</param>
    public AlertChange Observe(ref AlertState state, float score, long now) =>
        state.IsRaised ? ObserveRaised(ref state, score) : ObserveQuiet(ref state, score, now);

    private AlertChange ObserveQuiet(ref AlertState state, float score, long now)
    {
        if (!(score > options.Threshold))
        {
            state.Run = 0;
            return AlertChange.None;
        }

        state.Peak = state.Run == 0 ? score : MathF.Max(state.Peak, score);
        state.Run++;
        if (state.Run < options.RaiseAfter)
        {
            return AlertChange.None;
        }

        if (state.WasRaised && time.GetElapsedTime(state.RaisedAt, now) < options.MinInterval)
        {
            if (state.Run > options.RaiseAfter)
            {
                return AlertChange.None; // the same stretch of frames is counted once
            }

            state.Suppressed++;
            return AlertChange.Suppressed;
        }

        (state.IsRaised, state.WasRaised, state.RaisedAt, state.Run) = (true, true, now, 0);
        return AlertChange.Raised;
    }

    private AlertChange ObserveRaised(ref AlertState state, float score)
    {
        state.Peak = MathF.Max(state.Peak, score);
        state.Run = score < _clearBelow ? state.Run + 1 : 0;
        if (state.Run < options.ClearAfter)
        {
            return AlertChange.None;
        }

        (state.IsRaised, state.Run) = (false, 0);
        return AlertChange.Cleared;
    }
}
