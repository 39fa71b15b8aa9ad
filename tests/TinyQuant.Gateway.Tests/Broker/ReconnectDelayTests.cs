using Gateway.Broker;

namespace TinyQuant.Gateway.Tests.Broker;

/// <summary>Waits that grow, with jitter.</summary>
public sealed class ReconnectDelayTests
{
    [Fact]
    public void The_limit_doubles_up_to_the_largest_and_begins_anew()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new AlwaysMost());
        Assert.Equal(
            [1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => Math.Round(delay.Next().TotalSeconds, 3)));
        delay.Reset();
        Assert.Equal(1, Math.Round(delay.Next().TotalSeconds, 3));
    }

    [Fact]
    public void Waits_are_spread_and_never_nothing()
    {
        var delay = new ReconnectDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), new Random(1));
        double[] waits = [.. Enumerable.Range(0, 1_000).Select(_ => delay.Next().TotalSeconds)];
        Assert.All(waits, wait => Assert.InRange(wait, 0.5, 1));
        Assert.True(waits.Max() - waits.Min() > 0.4);
    }

    private sealed class AlwaysMost : Random
    {
        public override double NextDouble() => 1 - 1e-9;
    }
}
