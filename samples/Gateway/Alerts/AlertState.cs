namespace Gateway.Alerts;

/// <summary>What the policy remembers of a sensor.</summary>
internal struct AlertState
{
    /// <summary>Whether an alert stands.</summary>
    public bool IsRaised;

    /// <summary>Frames in a row that speak for a change: above the threshold, or below what clears.</summary>
    public int Run;

    /// <summary>The largest score since the first frame of the run that raised it.</summary>
    public float Peak;

    /// <summary>Whether an alert was ever raised, and when the last one was.</summary>
    public bool WasRaised;
    public long RaisedAt;

    /// <summary>Alerts since then that came too early to be sent.</summary>
    public int Suppressed;
}
