namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// What depends on the instruction set or on the rounding, by pointers: so all loops around it stand in a program once.
/// </summary>
internal unsafe struct DepthwiseMethods
{
    /// <summary>Rows of the unit's groups, bytes of a group of 32 lanes, and what it adds to inputs.</summary>
    public int GroupRows, GroupBytes, Offset;

    /// <summary>Interleaves weights, and folds zero points into the bias.</summary>
    public delegate*<ref DepthwiseArgs, DepthwiseTile*, void> Weights;

    /// <summary>
    /// Interleaves groups of the rows that the tile points to: where to, bytes from one to the next, and how many.
    /// </summary>
    public delegate*<DepthwiseTile*, byte*, nint, int, void> Interleave;

    /// <summary>Sums all positions.</summary>
    public delegate*<DepthwiseTile*, void> Products;

    /// <summary>Lays out requantization constants.</summary>
    public delegate*<ref DepthwiseArgs, DepthwiseTile*, void> Constants;

    /// <summary>Writes the codes of some sums: the first one, positions, and where to.</summary>
    public delegate*<ref DepthwiseArgs, DepthwiseTile*, int*, int, sbyte*, void> Codes;
}
