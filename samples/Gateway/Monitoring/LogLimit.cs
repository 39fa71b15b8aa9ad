namespace Gateway.Monitoring;

/// <summary>
/// Lets one message of a kind through in a while, or a few, and counts the others. Safe from any thread.
/// </summary>
/// <param name="kinds">How many kinds there are.</param>
/// <param name="interval">The while, from the first message that is let through.</param>
/// <param name="time">The clock.</param>
/// <param name="few">How many of a kind are let through in it, at least 1.</param>
internal sealed class LogLimit(int kinds, TimeSpan interval, TimeProvider time, int few = 1)
{
    private readonly Lock _lock = new();
    private readonly long?[] _since = new long?[kinds];
    private readonly int[] _passed = new int[kinds];
    private readonly int[] _withheld = new int[kinds];

    /// <summary>Whether to log now.</summary>
    /// <param name="kind">From 0.</param>
    /// <param name="withheld">How many were not since the last one that was.</param>
    public bool TryPass(int kind, out int withheld)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            if (_since[kind] is not { } since || time.GetElapsedTime(since, now) >= interval)
            {
                (_since[kind], _passed[kind]) = (now, 0);
            }

            withheld = _withheld[kind];
            if (_passed[kind] == few)
            {
                _withheld[kind]++;
                return false;
            }

            _passed[kind]++;
            _withheld[kind] = 0;
            return true;
        }
    }
}
