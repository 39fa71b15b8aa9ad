using System.Collections.Immutable;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>
/// A tensor as the file has it: its elements are as many as its dimensions say, in whatever field or file they lie.
/// </summary>
internal sealed record OnnxTensor
{
    public required string Name { get; init; }

    public required OnnxType Type { get; init; }

    public required ImmutableArray<int> Dimensions { get; init; }

    /// <summary>The elements, little-endian, those of 4 bits two to a byte; empty for strings.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The elements of a tensor of strings; empty for all others.</summary>
    public ImmutableArray<string> Strings { get; init; } = [];
}
