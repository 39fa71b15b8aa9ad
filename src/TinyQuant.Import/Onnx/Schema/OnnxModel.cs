using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>A file, read.</summary>
internal sealed record OnnxModel
{
    public required long IrVersion { get; init; }

    /// <summary>What wrote it, and in which version; empty where it does not say.</summary>
    public required string Producer { get; init; }

    public required OnnxGraph Graph { get; init; }

    /// <summary>The versions of the sets of operators by their domains; ONNX's own is the empty one.</summary>
    public required ImmutableDictionary<string, long> Versions { get; init; }

    public required ImmutableArray<OnnxFunction> Functions { get; init; }

    public required ImmutableDictionary<string, string> Metadata { get; init; }
}
