using System.Collections.Immutable;

namespace TinyQuant.Import.Source;

/// <summary>A tensor as the file has it, whatever it says.</summary>
internal sealed record SourceTensor
{
    private const int ShownCharacters = 120;

    public required int Index { get; init; }

    /// <summary>Empty where it has none.</summary>
    public required string Name { get; init; }

    public required SourceType Type { get; init; }

    /// <summary>The type in the words of its format, for messages.</summary>
    public required string TypeName { get; init; }

    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>The shape with -1 for what is open; empty where nothing is.</summary>
    public ImmutableArray<int> Signature { get; init; } = [];

    public required SourceBuffer Buffer { get; init; }

    public required SourceQuantization Quantization { get; init; }

    public required bool IsVariable { get; init; }

    /// <summary>
    /// Which state a variable is: subgraphs that have one of the same key share it. Null for one of its own.
    /// </summary>
    public string? StateKey { get; init; }

    /// <summary>What a variable begins with; null for real 0.</summary>
    public ReadOnlyMemory<byte>? Initial { get; init; }

    public required bool IsSparse { get; init; }

    /// <summary>
    /// Whether it is int8 in the place of uint8: what computes it does so as the kernels of TensorFlow 1 did.
    /// </summary>
    public bool IsLegacy { get; init; }

    /// <summary>Whether its elements are part of the file.</summary>
    public bool IsConstant => Buffer.IsOutside || Buffer.Data.Length > 0;

    /// <summary>The product of the shape; null where a dimension is unknown or it is more than an int holds.</summary>
    public int? ElementCount
    {
        get
        {
            long count = 1;
            foreach (int dimension in Shape)
            {
                count *= dimension;
                if (dimension < 0 || count > int.MaxValue)
                {
                    return null;
                }
            }

            return (int)count;
        }
    }

    /// <summary>For messages.</summary>
    public string ShownName =>
        Name.Length <= ShownCharacters
            ? (Name.Length > 0 ? Name : Invariant($"#{Index}"))
            : Name[..ShownCharacters] + "...";

    /// <summary>For messages.</summary>
    public string TypeAndShape => $"{TypeName} [{string.Join(",", Shape.Select(n => Invariant($"{n}")))}]";
}

/// <summary>Where a constant's bytes are.</summary>
/// <param name="Data">The bytes; empty for an activation.</param>
/// <param name="IsOutside">They lie behind the flatbuffer, as in models of 2 GB and more.</param>
internal readonly record struct SourceBuffer(ReadOnlyMemory<byte> Data, bool IsOutside);

/// <summary>Affine parameters as the file has them.</summary>
internal sealed record SourceQuantization
{
    public static SourceQuantization None { get; } = new() { Scales = [], ZeroPoints = [] };

    public required ImmutableArray<float> Scales { get; init; }

    public required ImmutableArray<long> ZeroPoints { get; init; }

    /// <summary>The dimension of more than one scale.</summary>
    public int Axis { get; init; }

    /// <summary>It is quantized in a way of its own, which these parameters do not tell.</summary>
    public bool IsCustom { get; init; }
}
