using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A span of the arena: an activation, or scratch of one operator.</summary>
internal sealed class ArenaBuffer
{
    public ArenaBuffer(string identifier, TensorType type, int count, int firstUse, int lastUse)
    {
        Identifier = identifier;
        Type = type;
        Count = count;
        FirstUse = firstUse;
        LastUse = lastUse;
    }

    /// <summary>The local variable of the generated code.</summary>
    public string Identifier { get; }

    public TensorType Type { get; }

    public int Count { get; }

    /// <summary>The first operator, by index, during which it must not be overwritten; -1 before the first.</summary>
    public int FirstUse { get; }

    /// <summary>The last one.</summary>
    public int LastUse { get; }

    public int Bytes => Count * Type.SizeInBytes();

    /// <summary>Where the memory plan put it.</summary>
    public int Offset { get; set; }
}
