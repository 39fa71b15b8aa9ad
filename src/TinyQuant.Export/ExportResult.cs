using System.Collections.Immutable;

namespace TinyQuant.Export;

/// <summary>The bytes of a file, or why there are none.</summary>
public sealed class ExportResult
{
    private ExportResult(byte[]? file, ImmutableArray<ExportError> errors)
    {
        File = file;
        Errors = errors;
    }

    /// <summary>The file; null where there are errors.</summary>
    public byte[]? File { get; }

    /// <summary>Everything that stands against the export, not just the first; empty where there is a file.</summary>
    public ImmutableArray<ExportError> Errors { get; }

    internal static ExportResult Of(byte[] file) => new(file, []);

    internal static ExportResult Of(ImmutableArray<ExportError> errors) => new(null, errors);
}
