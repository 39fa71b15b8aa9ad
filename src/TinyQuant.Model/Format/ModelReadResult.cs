using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>A graph, or everything that kept the text from being one.</summary>
public sealed class ModelReadResult
{
    internal ModelReadResult(ValidGraph? valid, ImmutableArray<ModelError> errors)
    {
        Valid = valid;
        Errors = errors;
    }

    /// <summary>The graph as a valid one; null where there are errors.</summary>
    public ValidGraph? Valid { get; }

    /// <summary>The graph; null where there are errors.</summary>
    public Graph? Graph => Valid?.Graph;

    /// <summary>What is wrong, in the order of the file; at most 100 errors.</summary>
    public ImmutableArray<ModelError> Errors { get; }
}
