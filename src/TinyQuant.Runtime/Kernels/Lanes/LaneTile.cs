namespace TinyQuant.Kernels.Lanes;

/// <summary>Eight or sixteen channels of a depthwise convolution, and the buffers for them.</summary>
internal unsafe struct LaneTile
{
    public LanePlan Plan;

    /// <summary>The first channel.</summary>
    public int First;

    /// <summary>1 or 2 blocks of eight channels.</summary>
    public int Blocks;

    /// <summary>Positions that are computed at a time.</summary>
    public int Positions;

    /// <summary>Columns of the input that they cover.</summary>
    public int Columns;

    /// <summary>The input's zero point, <see cref="LanePlan.Channels"/> times: what lies outside of the input.</summary>
    public sbyte* Outside;

    /// <summary>Interleaved inputs: bands, columns, blocks.</summary>
    public byte* Inputs;

    /// <summary>Interleaved weights: bands, columns of the window, blocks.</summary>
    public byte* Weights;

    /// <summary>What sums begin with, for each channel.</summary>
    public int* Bias;

    /// <summary>Sums, position by position.</summary>
    public int* Sums;

    /// <summary>Requantization constants of two blocks.</summary>
    public int* Constants;

    /// <summary>What scales each eight channels, as <see cref="Requantizers.CodeTiles"/> notes it.</summary>
    public uint Kinds;
}
