using System.Collections.Immutable;

namespace TinyQuant.Training.Layers;

/// <summary>A layer in a network, and where its inputs come from.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">Indexes of nodes before this one; <see cref="NetworkInput"/> for the network's input.</param>
public sealed record NetworkNode(Layer Layer, ImmutableArray<int> Inputs)
{
    /// <summary>Stands for the network's input.</summary>
    public const int NetworkInput = -1;
}
