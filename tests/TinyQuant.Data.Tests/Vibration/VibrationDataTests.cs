namespace TinyQuant.Data.Tests;

public class VibrationDataTests
{
    [Fact]
    public void The_seed_decides_the_stream_and_severity_matters()
    {
        var options = new VibrationOptions { TrainWindows = 20, TestWindows = 20 };
        VibrationData data = VibrationData.Create(options);

        Assert.Equal(data.Train, VibrationData.Create(options).Train);
        Assert.NotEqual(data.Train[0], VibrationData.Create(options with { Seed = 2 }).Train[0]);
        VibrationData louder = VibrationData.Create(options with { Severity = 3 });
        Assert.Equal(data.Test[0], louder.Test[0]);
        Assert.NotEqual(data.Test[1], louder.Test[1]);
        Assert.All(data.Test.Concat(data.Train), s => Assert.All(s, v => Assert.InRange(v, 0, 1)));
        Assert.Equal(10, data.IsFaulty.Count(f => f));
    }
}
