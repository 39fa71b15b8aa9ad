using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>What a file does not say about the model that is to be made of it.</summary>
public sealed record ImportOptions
{
    /// <summary>How accumulators become int8 codes; TensorFlow Lite Micro's default where nothing is said.</summary>
    public Rounding Rounding { get; init; } = Rounding.Double;

    /// <summary>The model's name; null for the one in the file's metadata.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The shapes of inputs whose dimensions the file leaves open, beyond the first: that is a batch, of 1.
    /// </summary>
    public ImmutableArray<InputShape> Shapes { get; init; } = [];

    /// <summary>
    /// Which of the file's signatures becomes the model, by its name; null for the first subgraph, which is the model
    /// of a file that has one.
    /// </summary>
    public string? Signature { get; init; }

    /// <summary>The model's name where neither <see cref="Name"/> nor the metadata has one.</summary>
    public string DefaultName { get; init; } = "model";
}
