using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>An operator as the file has it.</summary>
internal sealed record OnnxNode
{
    /// <summary>Its place among the nodes of its graph.</summary>
    public required int Index { get; init; }

    /// <summary>Empty where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>The operator's name.</summary>
    public required string Operator { get; init; }

    /// <summary>Whose operator it is; empty for ONNX's own.</summary>
    public required string Domain { get; init; }

    /// <summary>Which of a function's forms, of the same name, it is; mostly empty.</summary>
    public string Overload { get; init; } = "";

    /// <summary>Names of values; an empty one is an optional input that is missing.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>Names of values; an empty one is an output that nobody wants.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    public required ImmutableArray<OnnxAttribute> Attributes { get; init; }
}
