using Gateway.Broker;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>Messages between the socket and the handler.</summary>
public sealed class ReceiveWindowTests
{
    [Fact]
    public async Task A_full_window_makes_the_reader_wait()
    {
        using var window = new ReceiveWindow(2);
        await window.EnterAsync(CancellationToken.None);
        await window.EnterAsync(CancellationToken.None);
        Task third = window.EnterAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);

        window.Leave();
        await third;
    }

    [Fact]
    public async Task It_is_empty_when_all_have_left()
    {
        using var window = new ReceiveWindow(2);
        Assert.True(window.IsEmpty);
        await window.EnterAsync(CancellationToken.None);
        Assert.False(window.IsEmpty);
        window.Leave();
        Assert.True(window.IsEmpty);
    }
}
