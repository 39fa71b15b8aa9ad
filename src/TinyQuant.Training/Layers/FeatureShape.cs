using System.Collections.Immutable;

namespace TinyQuant.Training.Layers;

/// <summary>The shape of one example between two layers: an image [height, width, channels], or a vector.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Values of one pixel, or of the vector.</param>
public readonly record struct FeatureShape(int Height, int Width, int Channels)
{
    /// <summary>Whether it is a vector: in the model a tensor [1, channels].</summary>
    public bool IsVector { get; private init; }

    /// <summary>Elements of one example.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>The shape in the model, with a batch of 1.</summary>
    public ImmutableArray<int> TensorShape => IsVector ? [1, Channels] : [1, Height, Width, Channels];

    /// <summary>A vector.</summary>
    public static FeatureShape Vector(int length) => new(1, 1, length) { IsVector = true };

    /// <summary><c>28x28x1</c>, or <c>10</c>.</summary>
    public override string ToString() =>
        IsVector ? Invariant($"{Channels}") : Invariant($"{Height}x{Width}x{Channels}");
}
