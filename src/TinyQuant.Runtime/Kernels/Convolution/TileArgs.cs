namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// Some output positions and 8 or 16 outputs of them: what a tile multiplies. A position's inputs lie in segments, each
/// a run of bytes; the next position's lie <see cref="Step"/> bytes on.
/// </summary>
internal unsafe struct TileArgs
{
    /// <summary>Where the segments of a strip's first position begin.</summary>
    public byte** Segments;

    /// <summary>How far from there those of the tile's first position do.</summary>
    public nint Offset;

    public nint SegmentCount;

    /// <summary>
    /// Bytes of a segment, a multiple of 4; what is there meets weights of zero where the inputs are fewer.
    /// </summary>
    public nint SegmentLength;

    /// <summary>Bytes from one position to the next.</summary>
    public nint Step;

    /// <summary>Packed weights of the first eight outputs.</summary>
    public sbyte* Weights;

    /// <summary>Bytes from the weights of eight outputs to those of the next eight.</summary>
    public nint Block;

    /// <summary>What the sums begin with, for each output: its bias, after <see cref="ITile.Fold"/>.</summary>
    public int* Bias;

    /// <summary>The sums, position by position, 8 or 16 for each.</summary>
    public int* Sums;
}

/// <summary>How many positions a tile takes. A type, so that each number has code of its own.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct Rows6 : ITileRows
{
    public static int Count => 6;
}

internal readonly struct Rows4 : ITileRows
{
    public static int Count => 4;
}

/// <summary>How many blocks of eight outputs a tile takes.</summary>
internal interface ITileColumns
{
    static abstract int Count { get; }
}

internal readonly struct Columns2 : ITileColumns
{
    public static int Count => 2;
}

internal readonly struct Columns1 : ITileColumns
{
    public static int Count => 1;
}
