namespace TinyQuant.Data;

/// <summary>The form of the procedural vibration stream.</summary>
public sealed record VibrationOptions
{
    /// <summary>Windows of the healthy machine to learn from.</summary>
    public int TrainWindows { get; init; } = 8000;

    /// <summary>Windows of the healthy machine to choose thresholds by.</summary>
    public int ValidationWindows { get; init; } = 2000;

    /// <summary>Windows to measure on; half of them are of a faulty machine.</summary>
    public int TestWindows { get; init; } = 4000;

    /// <summary>Decides all of it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Scales every fault; 1 is hard to hear, and a threshold on loudness does not find it.</summary>
    public float Severity { get; init; } = 1;
}
