using Gateway.Monitoring;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Monitoring;

/// <summary>One message of a kind in a while.</summary>
public sealed class LogLimitTests
{
    [Fact]
    public void Others_are_withheld_and_counted()
    {
        var time = new ManualTime();
        var limit = new LogLimit(2, TimeSpan.FromSeconds(10), time);
        Assert.True(limit.TryPass(0, out int withheld));
        Assert.Equal(0, withheld);
        Assert.True(limit.TryPass(1, out _));
        for (int i = 0; i < 5; i++)
        {
            Assert.False(limit.TryPass(0, out _));
        }

        time.Advance(10);
        Assert.True(limit.TryPass(0, out withheld));
        Assert.Equal(5, withheld);
        Assert.False(limit.TryPass(0, out _));
    }

    [Fact]
    public void A_few_may_pass()
    {
        var time = new ManualTime();
        var limit = new LogLimit(1, TimeSpan.FromSeconds(10), time, few: 3);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(
                [true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => limit.TryPass(0, out int _)));
            time.Advance(10);
        }

        Assert.True(limit.TryPass(0, out int withheld));
        Assert.Equal(2, withheld);
        Assert.True(limit.TryPass(0, out withheld));
        Assert.Equal(0, withheld);
    }
}
