namespace TinyQuant.Kernels.Depthwise;

/// <summary>Some channels of a depthwise convolution, and the buffers for them.</summary>
internal unsafe struct DepthwiseTile
{
    /// <summary>The most rows of a group.</summary>
    public const int GroupRows = 4;

    public DepthwisePlan Plan;
    public DepthwiseMethods Methods;

    /// <summary>The first channel.</summary>
    public int First;

    /// <summary>The output column that computing begins with, and positions of a row from there on.</summary>
    public int Column, Width;

    /// <summary>Bands: output rows that share groups, one or two each.</summary>
    public int Bands;

    /// <summary>
    /// The columns under the windows that are in the input: those from the first to the one before the last.
    /// </summary>
    public int FirstInside, LastInside;

    /// <summary>
    /// The first channel of the first column inside, in the first row of the image or of the ring of its copies.
    /// </summary>
    public sbyte* Image;

    /// <summary>The last place in the image or the ring where 32 bytes can be read.</summary>
    public sbyte* LastPlace;

    /// <summary>Rows of that ring; 0 where there is none.</summary>
    public int RingRows;

    /// <summary>32 zero points: what lies outside of the input.</summary>
    public sbyte* Outside;

    /// <summary>32 bytes for each of the columns that end the input, row by row of a group.</summary>
    public sbyte* Ends;

    /// <summary>The rows of a group: 32 bytes of each, and bytes to the next column.</summary>
    public sbyte** Rows;

    /// <inheritdoc cref="Rows"/>
    public nint* Steps;

    /// <summary>Interleaved inputs: bands, columns, groups of a column.</summary>
    public byte* Inputs;

    /// <summary>Bytes of a band, of a column, and from one position to the next.</summary>
    public nint BandBytes, ColumnBytes, PositionBytes;

    /// <summary>
    /// Where from a position's first column on the groups of its window lie, in the order of the weights.
    /// </summary>
    public nint* Groups;

    /// <summary>The layer's weights: taps, channels.</summary>
    public sbyte* LayerWeights;

    /// <summary>
    /// Interleaved weights, group by group; for the second row of a band after those for the first one.
    /// </summary>
    public byte* Weights;

    /// <summary>What sums begin with, for each lane.</summary>
    public int* Bias;

    /// <summary>Sums: rows, positions.</summary>
    public int* Sums;

    /// <summary>Requantization constants of four times eight channels.</summary>
    public int* Constants;

    /// <summary>What scales each eight channels, as <see cref="Requantizers.ScalingChoice"/> notes it.</summary>
    public uint* Kinds;

    /// <summary>Where the slots lie.</summary>
    public byte* Slots;
}
