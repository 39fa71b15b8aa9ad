using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>A graph, or everything that kept the text from being one.</summary>
public sealed class ModelReadResult
{
    internal ModelReadResult(Graph? graph, ImmutableArray<ModelError> errors)
    {
        Graph = graph;
        Errors = errors;
    }

    /// <summary>The graph; null where there are errors.</summary>
    public Graph? Graph { get; }

    /// <summary>What is wrong, in the order of the file; at most 100 errors.</summary>
    public ImmutableArray<ModelError> Errors { get; }
}
