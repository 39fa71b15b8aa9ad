namespace Gateway.Alerts;

/// <summary>What a frame did to a sensor's alert.</summary>
internal enum AlertChange
{
    None,
    Raised,
    Cleared,

    /// <summary>It would have been raised, were the last one not so near.</summary>
    Suppressed,
}
