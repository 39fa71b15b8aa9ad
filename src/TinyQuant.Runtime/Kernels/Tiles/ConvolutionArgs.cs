namespace TinyQuant.Kernels.Tiles;

/// <summary>What an int8 convolution works on; lengths are checked.</summary>
internal ref struct ConvolutionArgs
{
    public WindowGeometry Geometry;
    public ReadOnlySpan<sbyte> Input;
    public ReadOnlySpan<sbyte> Weights;
    public ReadOnlySpan<int> Bias;
    public sbyte InputZeroPoint;
    public Requantization Requantization;
    public Span<sbyte> Scratch;
    public Span<sbyte> Output;

    /// <summary>Bytes of the packed weights of one output.</summary>
    public readonly int Depth => Geometry.FilterHeight * ConvolutionInputs.SegmentLength(Geometry);
}
