using System.Collections.Immutable;

namespace TinyQuant.Import.Source;

/// <summary>A model as a file has it, whatever its format. All indexes in it are within their lists.</summary>
internal sealed record SourceModel
{
    /// <summary>Null where the file has none.</summary>
    public required string? Name { get; init; }

    /// <summary>Where it comes from, for people; a line each.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    public required ImmutableArray<SourceTensor> Tensors { get; init; }

    public required ImmutableArray<SourceOperator> Operators { get; init; }

    public required ImmutableArray<int> Inputs { get; init; }

    public required ImmutableArray<int> Outputs { get; init; }
}
