using TinyQuant.Data;
using TinyQuant.Training.Optimizers;
using TinyQuant.Training.Schedules;

namespace TinyQuant.Training;

/// <summary>How long and in what steps to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every image is seen, at most; at least 1.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Images a step; at least 1.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides the order of the images and every other random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The learning rate at each step.</summary>
    public LearningRateSchedule Schedule { get; init; } = new CosineSchedule(5e-3f);

    /// <summary>What turns gradients into steps.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The part of a label that is spread over all classes; in [0, 1).</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>
    /// Whether each class counts as much as any other, whatever the number of its examples: an example's loss is
    /// multiplied by examples / (classes · examples of its class), over the classes that have any.
    /// </summary>
    public bool BalancesClasses { get; init; }

    /// <summary>How images are changed at random; null for not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>
    /// Examples that are held out, chosen by the seed: the weights that do best on them are kept. 0 for none.
    /// </summary>
    public int ValidationExamples { get; init; }

    /// <summary>
    /// Epochs without a better result on the held-out examples after which training ends; 0 for never.
    /// </summary>
    public int Patience { get; init; }
}
