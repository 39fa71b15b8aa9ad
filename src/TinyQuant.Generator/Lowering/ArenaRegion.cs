namespace TinyQuant.Generator;

/// <summary>What a piece of the arena is for.</summary>
internal enum RegionKind
{
    /// <summary>Activations, one after another or under several shapes.</summary>
    Activation,

    /// <summary>State, kept from run to run.</summary>
    State,

    /// <summary>What a kernel needs while it runs.</summary>
    Scratch,

    /// <summary>What <c>Classify</c> needs besides, in place of the caller's spans.</summary>
    Classify,
}

/// <summary>A piece of the arena with one place in it.</summary>
internal sealed class ArenaRegion(string name, RegionKind kind, int bytes, int firstUse, int lastUse)
{
    public string Name { get; } = name;

    public RegionKind Kind { get; } = kind;

    public int Bytes { get; } = bytes;

    /// <summary>The first operator, by index, during which it must not be overwritten; -1 before the first.</summary>
    public int FirstUse { get; } = firstUse;

    /// <summary>The last one.</summary>
    public int LastUse { get; } = lastUse;

    /// <summary>Where the memory plan put it, in bytes from the arena's start.</summary>
    public int Offset { get; set; }
}
