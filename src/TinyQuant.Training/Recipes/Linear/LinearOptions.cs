namespace TinyQuant.Training.Recipes;

/// <summary>The settings of <see cref="LinearRecipe"/>.</summary>
public sealed record LinearOptions
{
    /// <summary>How often every image is seen.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Images a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides the order of the images.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Adam's rate at the first step; it falls along a cosine to 0.</summary>
    public float LearningRate { get; init; } = 5e-3f;

    /// <summary>How many training images calibration looks at, at most all.</summary>
    public int CalibrationImages { get; init; } = 1000;

    /// <summary>int8 weights of the static form with a scale for each class instead of one for all.</summary>
    public bool PerChannel { get; init; }
}
