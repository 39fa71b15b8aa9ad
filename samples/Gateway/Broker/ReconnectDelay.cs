namespace Gateway.Broker;

/// <summary>
/// How long to wait before the next attempt: up to a limit that doubles from one to the next, and within that at random
/// ("full jitter": Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that many gateways do
/// not all come back at once.
/// </summary>
/// <param name="first">The limit of the first wait.</param>
/// <param name="most">The largest limit.</param>
/// <param name="random">The jitter.</param>
internal sealed class ReconnectDelay(TimeSpan first, TimeSpan most, Random random)
{
    private readonly TimeSpan _first = first;
    private TimeSpan _limit = first;

    /// <summary>The next wait, from half a first one to the limit.</summary>
    public TimeSpan Next()
    {
        TimeSpan limit = _limit;
        _limit = limit * 2 < most ? limit * 2 : most;
        TimeSpan least = _first / 2;
        return least + ((limit - least) * random.NextDouble());
    }

    /// <summary>Begins anew, after a connection that held.</summary>
    public void Reset() => _limit = _first;
}
