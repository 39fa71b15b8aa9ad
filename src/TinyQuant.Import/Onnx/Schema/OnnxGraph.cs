using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>A graph as the file has it: the model's, or one that an operator runs.</summary>
internal sealed record OnnxGraph
{
    public required string Name { get; init; }

    public required ImmutableArray<OnnxNode> Nodes { get; init; }

    /// <summary>Constants. In files of IR version 3 each is an input as well.</summary>
    public required ImmutableArray<OnnxTensor> Initializers { get; init; }

    public required ImmutableArray<OnnxValueInfo> Inputs { get; init; }

    public required ImmutableArray<OnnxValueInfo> Outputs { get; init; }
}
