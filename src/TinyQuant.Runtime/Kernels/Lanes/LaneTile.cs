namespace TinyQuant.Kernels.Lanes;

/// <summary>Eight or sixteen channels of a depthwise convolution, and the buffers for them.</summary>
internal unsafe struct LaneTile
{
    public LanePlan Plan;

    /// <summary>The first channel.</summary>
    public int First;

    /// <summary>1 or 2 blocks of eight channels.</summary>
    public int Blocks;

    /// <summary>The output column that computing begins with, and positions of a row from there on.</summary>
    public int Column, Width;

    /// <summary>Rows of the output that are computed at a time.</summary>
    public int Height;

    /// <summary>The first row of the input that is not interleaved yet.</summary>
    public int NextRow;

    /// <summary>The row of the input that the buffer begins with.</summary>
    public int TopRow;

    /// <summary>A row's columns for the channels, with the zero point where they lie outside of the input.</summary>
    public sbyte* Line;

    /// <summary>Interleaved inputs, row by row: columns, two blocks.</summary>
    public byte* Inputs;

    /// <summary>Bytes of a row of <see cref="Inputs"/>.</summary>
    public int RowBytes;

    /// <summary>Where the groups of the first position's window lie, in the order of the weights.</summary>
    public byte** Groups;

    /// <summary>How far from there those of each position lie.</summary>
    public nint* Offsets;

    /// <summary>Interleaved weights: rows of the window, groups, two blocks.</summary>
    public byte* Weights;

    /// <summary>What sums begin with, for each channel.</summary>
    public int* Bias;

    /// <summary>Sums, position by position.</summary>
    public int* Sums;

    /// <summary>Requantization constants of two blocks.</summary>
    public int* Constants;

    /// <summary>What scales each eight channels, as <see cref="Requantizers.CodeTiles"/> notes it.</summary>
    public uint Kinds;

    /// <summary>Positions that are computed at a time.</summary>
    public readonly int Positions => Width * Height;
}
