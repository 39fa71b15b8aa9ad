using Gateway.Frames;

namespace TinyQuant.Gateway.Tests.Frames;

/// <summary>Topics to sensors.</summary>
public sealed class SensorTableTests
{
    private readonly SensorTable _table = new("vibration/+/frame", maxSensors: 3);

    [Fact]
    public void One_topic_is_one_sensor()
    {
        Assert.Equal(Rejection.None, _table.Find("vibration/pump-7/frame", out Sensor? first));
        Assert.Equal(Rejection.None, _table.Find("vibration/pump-7/frame", out Sensor? again));
        Assert.Equal(Rejection.None, _table.Find("vibration/pump-8/frame", out Sensor? other));
        Assert.Same(first, again);
        Assert.NotSame(first, other);
        Assert.Equal(("pump-7", 2), (first!.Name, _table.Count));
    }

    [Theory]
    [InlineData("vibration//frame")]
    [InlineData("vibration/frame")]
    [InlineData("vibration/a/b/frame")]
    [InlineData("vibration/a b/frame")]
    [InlineData("vibration/a\"/frame")]
    [InlineData("vibration/ä/frame")]
    [InlineData("other/a/frame")]
    [InlineData("vibration/a/frames")]
    [InlineData("")]
    public void Other_topics_have_none(string topic)
    {
        Assert.Equal(Rejection.Topic, _table.Find(topic, out Sensor? sensor));
        Assert.Null(sensor);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_name_is_not_too_long()
    {
        Assert.Equal(Rejection.None, _table.Find($"vibration/{new string('a', 64)}/frame", out _));
        Assert.Equal(Rejection.Topic, _table.Find($"vibration/{new string('a', 65)}/frame", out _));
    }

    [Fact]
    public void There_are_at_most_so_many()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            Assert.Equal(Rejection.None, _table.Find($"vibration/{name}/frame", out _));
        }
        Assert.Equal(Rejection.Sensors, _table.Find("vibration/d/frame", out _));
        Assert.Equal(Rejection.None, _table.Find("vibration/a/frame", out _));
    }
}
