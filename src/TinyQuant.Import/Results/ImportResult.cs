using System.Collections.Immutable;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>A model, or why there is none.</summary>
public sealed class ImportResult
{
    private ImportResult(ValidGraph? valid, ImmutableArray<ImportError> errors, SignatureChoice? signature = null)
    {
        Valid = valid;
        Errors = errors;
        Signature = signature;
    }

    /// <summary>The model, valid by <see cref="GraphValidator"/>; null where there are errors.</summary>
    public ValidGraph? Valid { get; }

    /// <summary>The model; null where there are errors.</summary>
    public Graph? Graph => Valid?.Graph;

    /// <summary>Everything that stands against the import, not just the first; empty where there is a graph.</summary>
    public ImmutableArray<ImportError> Errors { get; }

    /// <summary>
    /// The signature that became the model, or would have; null where the file leaves no choice, or is no model.
    /// </summary>
    public SignatureChoice? Signature { get; }

    internal static ImportResult Of(ValidGraph valid, SignatureChoice? signature) => new(valid, [], signature);

    internal static ImportResult Of(ImmutableArray<ImportError> errors, SignatureChoice? signature = null) =>
        new(null, errors, signature);
}
