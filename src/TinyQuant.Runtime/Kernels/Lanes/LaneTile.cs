namespace TinyQuant.Kernels.Lanes;

/// <summary>Eight or sixteen channels of a depthwise convolution, and the buffers for them.</summary>
internal unsafe struct LaneTile
{
    public LanePlan Plan;

    /// <summary>The first channel.</summary>
    public int First;

    /// <summary>1 or 2 blocks of eight channels.</summary>
    public int Blocks;

    /// <summary>The output column that computing begins with, and positions from there on.</summary>
    public int Column, Positions;

    /// <summary>The first row of the input that is not interleaved yet.</summary>
    public int NextRow;

    /// <summary>The row of the ring that holds the uppermost row under the windows.</summary>
    public int TopSlot;

    /// <summary>A row's columns for the channels, with the zero point where they lie outside of the input.</summary>
    public sbyte* Line;

    /// <summary>Interleaved inputs, a ring of rows: columns, two blocks.</summary>
    public byte* Inputs;

    /// <summary>Bytes of a row of <see cref="Inputs"/>.</summary>
    public int RowBytes;

    /// <summary>Where the groups of the first position's window lie, in the order of the weights.</summary>
    public byte** Groups;

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

    /// <summary>Where a row under the windows lies, counted from the uppermost.</summary>
    public readonly byte* Row(int offset)
    {
        int slot = TopSlot + offset;
        return Inputs + ((nint)(slot >= Plan.Rows ? slot - Plan.Rows : slot) * RowBytes);
    }
}
