namespace Gateway.Monitoring;

/// <summary>Whether the gateway does its work.</summary>
/// <param name="oldestReceivedAt">When the frame came that has waited longest; null where none waits.</param>
/// <param name="time">The clock.</param>
internal sealed class Health(Func<long?> oldestReceivedAt, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private long _lastProgress = time.GetTimestamp();

    /// <summary>Whether the broker is connected and has taken the subscription.</summary>
    public volatile bool IsConnected;

    /// <summary>Says that a frame was scored at this timestamp.</summary>
    public void Progress(long now) => Volatile.Write(ref _lastProgress, now);

    /// <summary>Whether a frame has waited for long while none was scored: only a restart helps.</summary>
    public bool IsStuck() =>
        oldestReceivedAt() is { } oldest && IsLongAgo(oldest) && IsLongAgo(Volatile.Read(ref _lastProgress));

    private bool IsLongAgo(long timestamp) => time.GetElapsedTime(timestamp) > s_patience;
}
