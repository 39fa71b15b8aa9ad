using System.Collections.Immutable;

namespace TinyQuant.Import.Schema;

/// <summary>The main subgraph of a TensorFlow Lite file. All indexes in it are within their lists.</summary>
internal sealed record TfliteModel
{
    /// <summary>From the metadata; null where there is none.</summary>
    public required string? Name { get; init; }

    /// <summary>From the metadata, or else the file's own; null where there is none.</summary>
    public required string? Description { get; init; }

    public required int SubgraphCount { get; init; }

    public required ImmutableArray<TfliteTensor> Tensors { get; init; }

    public required ImmutableArray<TfliteOperator> Operators { get; init; }

    public required ImmutableArray<int> Inputs { get; init; }

    public required ImmutableArray<int> Outputs { get; init; }
}
