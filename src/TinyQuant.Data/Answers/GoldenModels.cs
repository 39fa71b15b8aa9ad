namespace TinyQuant.Data;

/// <summary>What the three forms of a model answer, as generated code computes it.</summary>
public sealed record GoldenModels
{
    /// <summary>The class that the float32 model gives an image.</summary>
    public required Func<byte[], int> Float { get; init; }

    /// <summary>The class that the dynamic-range model gives an image.</summary>
    public required Func<byte[], int> Dynamic { get; init; }

    /// <summary>The class that the int8 model gives an image.</summary>
    public required Func<byte[], int> Static { get; init; }

    /// <summary>The output codes of the int8 model, one a class.</summary>
    public required Func<byte[], sbyte[]> Int8Scores { get; init; }
}
