using Gateway.Frames;

namespace TinyQuant.Gateway.Tests.Frames;

/// <summary>Topics to names of sensors.</summary>
public sealed class SensorTopicTests
{
    private readonly SensorTopic _topic = new("vibration/+/frame");

    [Fact]
    public void The_name_stands_in_place_of_the_plus() =>
        Assert.Equal("pump-7_B.x", _topic.NameIn("vibration/pump-7_B.x/frame").ToString());

    [Theory]
    [InlineData("vibration//frame")]
    [InlineData("vibration/frame")]
    [InlineData("vibration/a/b/frame")]
    [InlineData("vibration/a b/frame")]
    [InlineData("vibration/a\"/frame")]
    [InlineData("vibration/ä/frame")]
    [InlineData("vibration/a\u001b/frame")]
    [InlineData("other/a/frame")]
    [InlineData("vibration/a/frames")]
    [InlineData("")]
    public void Other_topics_have_none(string topic) => Assert.True(_topic.NameIn(topic).IsEmpty);

    [Fact]
    public void A_name_is_not_too_long()
    {
        Assert.Equal(64, _topic.NameIn($"vibration/{new string('a', 64)}/frame").Length);
        Assert.True(_topic.NameIn($"vibration/{new string('a', 65)}/frame").IsEmpty);
    }
}
