namespace Gateway.Monitoring;

/// <summary>Lets one message of a kind through in a while, and counts the others. Safe from any thread.</summary>
/// <param name="kinds">How many kinds there are.</param>
/// <param name="interval">The least time between two of a kind.</param>
/// <param name="time">The clock.</param>
internal sealed class LogLimit(int kinds, TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long?[] _last = new long?[kinds];
    private readonly int[] _withheld = new int[kinds];

    /// <summary>Whether to log now.</summary>
    /// <param name="kind">From 0.</param>
    /// <param name="withheld">How many were not since the last one that was.</param>
    public bool TryPass(int kind, out int withheld)
    {
        lock (_lock)
        {
            withheld = _withheld[kind];
            long now = time.GetTimestamp();
            if (_last[kind] is { } last && time.GetElapsedTime(last, now) < interval)
            {
                _withheld[kind]++;
                return false;
            }
            (_last[kind], _withheld[kind]) = (now, 0);
            return true;
        }
    }
}
