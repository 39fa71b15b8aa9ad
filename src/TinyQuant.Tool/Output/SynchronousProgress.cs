namespace TinyQuant.Tool.Output;

/// <summary>
/// Progress on the reporting thread: <see cref="Progress{T}"/> would post it to another, out of order.
/// </summary>
internal sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
