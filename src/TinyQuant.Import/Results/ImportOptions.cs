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

    /// <summary>What symbols stand for that an ONNX file has in the place of dimensions.</summary>
    public ImmutableArray<DimensionSize> Dimensions { get; init; } = [];

    /// <summary>Inputs of an ONNX file that become constants.</summary>
    public ImmutableArray<InputConstant> Constants { get; init; } = [];

    /// <summary>
    /// The values of an ONNX file that are the model's outputs, by their names there; empty for those of the file. What
    /// only others need goes.
    /// </summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>How images lie at the model's inputs and outputs, where nothing else is said of one.</summary>
    public ImageLayout Layout { get; init; } = ImageLayout.Nchw;

    /// <summary>How images lie at single inputs of an ONNX file.</summary>
    public ImmutableArray<ValueLayout> InputLayouts { get; init; } = [];

    /// <summary>How images lie at single outputs of an ONNX file.</summary>
    public ImmutableArray<ValueLayout> OutputLayouts { get; init; } = [];

    /// <summary>
    /// The files that lie beside an ONNX file, by their paths relative to it, which lead to nothing above it; null, and
    /// null of a file, where there is none.
    /// </summary>
    public Func<string, ReadOnlyMemory<byte>?>? ExternalData { get; init; }

    /// <summary>The model's name where neither <see cref="Name"/> nor the metadata has one.</summary>
    public string DefaultName { get; init; } = "model";
}
