using Gateway.Frames;
using TinyQuant.Gateway.Tests.Support;

namespace TinyQuant.Gateway.Tests.Frames;

/// <summary>Which sensors there are.</summary>
public sealed class SensorTableTests
{
    private readonly ManualTime _time = new();
    private readonly SensorTable _table;

    public SensorTableTests() => _table = new SensorTable(new SensorOptions(3, TimeSpan.FromSeconds(100)), _time);

    [Fact]
    public void One_name_is_one_sensor()
    {
        Sensor? first = _table.Hear("pump-7");
        Sensor? other = _table.Hear("pump-8");
        Assert.NotNull(first);
        Assert.Same(first, _table.Hear("pump-7"));
        Assert.NotSame(first, other);
        Assert.Equal(("pump-7", 2), (first.Name, _table.Count));
    }

    [Fact]
    public void There_are_at_most_so_many()
    {
        Fill();
        Assert.True(_table.IsFull);
        Assert.Null(_table.Hear("d"));
        Assert.NotNull(_table.Hear("a"));
        Assert.Equal((3, 0), (_table.Count, _table.Forgotten));
    }

    [Fact]
    public void Who_is_silent_for_long_makes_room()
    {
        Fill();
        _time.Advance(60);
        _table.Hear("a");
        _time.Advance(39);
        Assert.Null(_table.Hear("d"));
        _time.Advance(1);

        Assert.False(_table.IsFull);
        Assert.Equal((1, 2), (_table.Count, _table.Forgotten));
        Assert.NotNull(_table.Hear("d"));
        Assert.NotNull(_table.Hear("e"));
        Assert.Null(_table.Hear("f"));
    }

    [Fact]
    public void Who_comes_back_begins_anew_but_for_an_alert_that_stands()
    {
        Sensor quiet = _table.Hear("quiet")!;
        Sensor raised = _table.Hear("raised")!;
        raised.Alert.IsRaised = true;
        _time.Advance(1_000);

        Assert.Same(raised, _table.Hear("raised"));
        Assert.NotSame(quiet, _table.Hear("quiet"));
        Assert.Equal((2, 1), (_table.Count, _table.Forgotten));
    }

    [Fact]
    public void An_alert_that_stands_takes_no_room_from_others()
    {
        Fill();
        Array.ForEach(["a", "b", "c"], name => _table.Hear(name)!.Alert.IsRaised = true);
        _time.Advance(1_000);
        Assert.Equal((false, 3), (_table.IsFull, _table.Count));

        Array.ForEach(["d", "e", "f"], name => Assert.NotNull(_table.Hear(name)));

        Assert.Equal((true, 3, 3), (_table.IsFull, _table.Count, _table.Forgotten));
        Assert.Null(_table.Hear("a"));
    }

    private void Fill() => Array.ForEach(["a", "b", "c"], name => Assert.NotNull(_table.Hear(name)));
}
