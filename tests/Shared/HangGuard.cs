#pragma warning disable RS0030 // this is where tests may wait for a clock

namespace TinyQuant.Tests;

/// <summary>
/// When a test gives up on something that hangs. It ends a test run that would never end, and says nothing about speed:
/// no machine is so slow, or so busy, that what works takes as long.
/// </summary>
internal static class HangGuard
{
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(20);

    /// <summary>Waits until something holds.</summary>
    /// <param name="condition">What is asked again and again.</param>
    /// <param name="describe">What there is instead; for the message.</param>
    /// <param name="step">How long to wait in between; 20 ms by default.</param>
    /// <exception cref="TimeoutException">It still does not hold.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, Func<string>? describe = null, TimeSpan? step = null)
    {
        for (long since = TimeProvider.System.GetTimestamp(); !await condition();)
        {
            if (TimeProvider.System.GetElapsedTime(since) > Time)
            {
                throw new TimeoutException($"Not within {Time}: {describe?.Invoke()}");
            }

            await Task.Delay(step ?? TimeSpan.FromMilliseconds(20));
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, Func{string}?, TimeSpan?)"/>
    public static Task UntilAsync(Func<bool> condition, Func<string>? describe = null) =>
        UntilAsync(() => Task.FromResult(condition()), describe);

    /// <summary>Cancelled where something hangs.</summary>
    public static CancellationTokenSource Source() => new(Time);

    /// <summary>A task's result, or an error where it hangs.</summary>
    public static Task<T> WaitAsync<T>(Task<T> task) => task.WaitAsync(Time);

    /// <inheritdoc cref="WaitAsync{T}(Task{T})"/>
    public static Task WaitAsync(Task task) => task.WaitAsync(Time);
}
