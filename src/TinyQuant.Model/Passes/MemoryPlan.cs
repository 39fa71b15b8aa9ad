using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>Where each buffer lies in the one arena of a model.</summary>
public sealed class MemoryPlan
{
    internal MemoryPlan(ImmutableArray<int> offsets, int arenaBytes, int lowerBound)
    {
        Offsets = offsets;
        ArenaBytes = arenaBytes;
        LowerBound = lowerBound;
    }

    /// <summary>The offset of each buffer in bytes, in the order of the requests.</summary>
    public ImmutableArray<int> Offsets { get; }

    /// <summary>The size of the arena: the end of the last buffer.</summary>
    public int ArenaBytes { get; }

    /// <summary>What no plan can go below: the largest sum of aligned sizes live during one operator.</summary>
    public int LowerBound { get; }

    /// <summary>What finding it took, in buffers looked at.</summary>
    internal long Work { get; init; }

    /// <summary>Whether the plan is proven to be the smallest.</summary>
    public bool IsMinimal => ArenaBytes == LowerBound;
}
