namespace TinyQuant.Audio.Tests;

/// <summary>Three classes: two words, and one that is none.</summary>
public class RollingDecisionTests
{
    private static readonly bool[] s_isWord = [true, true, false];

    private readonly RollingDecision _decision = new(
        s_isWord, new() { Windows = 2, Threshold = 0.75f, SuppressedWindows = 3 });

    [Fact]
    public void A_word_takes_the_average_of_enough_windows()
    {
        Assert.Equal(-1, Add(1, 0, 0));
        Assert.Equal(0, _decision.Add([0.5f, 0.5f, 0], out float average));
        Assert.Equal(0.75f, average);
    }

    [Fact]
    public void Below_the_threshold_is_no_word()
    {
        Add(1, 0, 0);
        Assert.Equal(-1, _decision.Add([0.49f, 0.51f, 0], out float average));
        Assert.Equal(0, average);
        Assert.Equal(1, Add(0, 1, 0));
    }

    [Fact]
    public void What_is_no_word_is_none_however_high_its_score()
    {
        Add(0, 0, 1);
        Assert.Equal(-1, Add(0, 0, 1));
        Assert.Equal(-1, Add(0.9f, 0, 1));
    }

    [Fact]
    public void The_same_sound_is_one_word_until_its_windows_are_over()
    {
        int[] found = [.. Enumerable.Range(0, 10).Select(_ => Add(0, 1, 0))];
        Assert.Equal([-1, 1, -1, -1, -1, 1, -1, -1, -1, 1], found);
    }

    [Fact]
    public void Reset_forgets_windows_and_the_last_word()
    {
        Add(1, 0, 0);
        Assert.Equal(0, Add(1, 0, 0));
        _decision.Reset();
        Assert.Equal(-1, Add(0, 1, 0));
        Assert.Equal(1, Add(0, 1, 0));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Add(0, 1, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Add(0, 1, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RollingDecision([]));
        Assert.Throws<ArgumentException>(() => new RollingDecision(s_isWord, new() { Windows = 0 }));
        Assert.Throws<ArgumentException>(() => new RollingDecision(s_isWord, new() { Threshold = 1.1f }));
        Assert.Throws<ArgumentException>(() => new RollingDecision(s_isWord, new() { Threshold = float.NaN }));
        Assert.Throws<ArgumentException>(() => new RollingDecision(s_isWord, new() { SuppressedWindows = -1 }));
        Assert.Contains("There are 2 scores; expected 3",
            Assert.Throws<ArgumentException>(() => _decision.Add([1, 0], out _)).Message, StringComparison.Ordinal);
    }

    private int Add(float first, float second, float other) => _decision.Add([first, second, other], out _);
}
