using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>An operator that the file itself says in others.</summary>
internal sealed record OnnxFunction
{
    public required string Domain { get; init; }

    public required string Name { get; init; }

    public required string Overload { get; init; }

    public required ImmutableArray<string> Inputs { get; init; }

    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>Names of attributes that a caller may give.</summary>
    public required ImmutableArray<string> Attributes { get; init; }

    /// <summary>Attributes that a caller need not give.</summary>
    public required ImmutableArray<OnnxAttribute> Defaults { get; init; }

    public required ImmutableArray<OnnxNode> Nodes { get; init; }

    /// <summary>The versions of the sets of operators that its nodes are of.</summary>
    public required ImmutableDictionary<string, long> Versions { get; init; }
}
