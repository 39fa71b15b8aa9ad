namespace TinyQuant.Kernels.Requantizers;

/// <summary>Sums of some positions by 8 or 16 channels, and where their codes go.</summary>
internal unsafe struct SumTile
{
    /// <summary>The first position's sums.</summary>
    public int* Sums;

    /// <summary>Sums from one position to the next.</summary>
    public int SumStride;

    public int Positions;

    /// <summary>8 or 16.</summary>
    public int Channels;

    /// <summary>What was laid out for the first channel.</summary>
    public int* Constants;

    /// <summary>The first position's codes.</summary>
    public sbyte* Output;

    /// <summary>Codes from one position to the next.</summary>
    public nint Stride;

    public int ZeroPoint;
    public int Min;
    public int Max;
}
