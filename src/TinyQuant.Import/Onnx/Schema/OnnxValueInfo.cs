using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>What the file says about an input or output of a graph.</summary>
internal sealed record OnnxValueInfo
{
    public required string Name { get; init; }

    /// <summary>What it is: a tensor, or something that is refused.</summary>
    public required OnnxValueKind Kind { get; init; }

    /// <summary>Of its elements.</summary>
    public required OnnxType Type { get; init; }

    /// <summary>Default where the file does not say how many there are.</summary>
    public required ImmutableArray<OnnxDimension> Dimensions { get; init; }
}

/// <summary>Kinds of values.</summary>
internal enum OnnxValueKind
{
    /// <summary>Not said.</summary>
    Unknown,
    Tensor,
    SparseTensor,
    Sequence,
    Map,
    Optional,
    Opaque,
}

/// <summary>A dimension: a number, a symbol that stands for the same number everywhere, or neither.</summary>
/// <param name="Size">Null where it is open.</param>
/// <param name="Symbol">Null where it has none.</param>
internal readonly record struct OnnxDimension(int? Size, string? Symbol);
