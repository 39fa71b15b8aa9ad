namespace Gateway.Broker;

/// <summary>Counts the messages between the socket and the handler of one connection.</summary>
/// <param name="size">How many there may be.</param>
internal sealed class ReceiveWindow(int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);

    /// <summary>Whether no place is taken.</summary>
    public bool IsEmpty => _free.CurrentCount == size;

    /// <summary>Takes a place, and waits for one where all are taken.</summary>
    public Task EnterAsync(CancellationToken cancellation) => _free.WaitAsync(cancellation);

    /// <summary>Gives a place back.</summary>
    public void Leave() => _free.Release();

    public void Dispose() => _free.Dispose();
}
