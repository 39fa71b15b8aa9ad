using System.Collections.Immutable;

namespace TinyQuant.Import.Source;

/// <summary>An operator as a file has it. Its tensor indexes are known to be of tensors.</summary>
internal abstract record SourceOperator
{
    /// <summary>An optional input that is not there.</summary>
    public const int Missing = -1;

    public required int Index { get; init; }

    /// <summary>Its name in the file's format.</summary>
    public required string Name { get; init; }

    public required ImmutableArray<int> Inputs { get; init; }

    public required ImmutableArray<int> Outputs { get; init; }

    /// <summary>Whether its outputs are variables, which others may write too: it has an effect of its own.</summary>
    public bool WritesVariables { get; init; }

    /// <summary>Whether it has another effect than its outputs: a subgraph that it runs writes variables.</summary>
    public bool HasEffect { get; init; }
}
