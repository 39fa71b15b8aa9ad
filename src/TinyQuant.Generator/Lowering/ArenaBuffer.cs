using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A span of the arena in the generated code: an activation, state, or scratch of one operator.</summary>
internal sealed class ArenaBuffer(
    string name, string identifier, TensorType type, int count, ArenaRegion region, int firstUse, int lastUse,
    int offset)
{
    /// <summary>The tensor that lies in it, or what the scratch is for.</summary>
    public string Name { get; } = name;

    /// <summary>The local variable of the generated code.</summary>
    public string Identifier { get; } = identifier;

    public TensorType Type { get; } = type;

    public int Count { get; } = count;

    /// <summary>
    /// The span of the generated code that it is cut from: where a graph that an operator runs keeps state, the model's
    /// arena, and not its own.
    /// </summary>
    public string Memory { get; init; } = "arena";

    /// <summary>The memory it lies in.</summary>
    public ArenaRegion Region { get; } = region;

    /// <summary>The first operator, by index, that uses it; -1 before the first.</summary>
    public int FirstUse { get; } = firstUse;

    /// <summary>The last one.</summary>
    public int LastUse { get; } = lastUse;

    public int Bytes => Count * Type.SizeInBytes();

    /// <summary>Where it begins in the arena, in bytes; known once the region has its place.</summary>
    public int Offset => Region.Offset + offset;
}
