using TinyQuant.Training.Schedules;

namespace TinyQuant.Training;

/// <summary>How long and in what steps to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every image is seen; at least 1.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Images a step; at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides the order of the images.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The learning rate at each step.</summary>
    public LearningRateSchedule Schedule { get; init; } = new CosineSchedule(5e-3f);
}
