namespace TinyQuant.Kernels.Convolution;

/// <summary>
/// What a convolution works on, as bytes; lengths are checked. A float32 channel is four byte channels to everything
/// but the tile, which multiplies four bytes at a time either way.
/// </summary>
internal ref struct ConvolutionArgs
{
    /// <summary>Sizes; input channels in bytes.</summary>
    public WindowGeometry Geometry;

    public ReadOnlySpan<byte> Input;

    /// <summary>Packed in blocks of eight outputs.</summary>
    public ReadOnlySpan<sbyte> Weights;

    /// <summary>int32, or the bits of float32.</summary>
    public ReadOnlySpan<int> Bias;

    /// <summary>What is taken from all sums of a position; empty where nothing is.</summary>
    public ReadOnlySpan<int> Excess;

    /// <summary>What each byte outside of the input is.</summary>
    public sbyte Padding;

    public Span<byte> Scratch;
    public Span<byte> Output;

    /// <summary>Constants of int8 outputs.</summary>
    public Requantization Requantization;

    /// <summary>The least and the greatest value of float32 outputs.</summary>
    public float Min, Max;

    /// <summary>Bytes of the packed weights of one output.</summary>
    public readonly int Depth => Geometry.FilterHeight * PaddedInput.SegmentLength(Geometry);
}
