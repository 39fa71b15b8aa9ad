using TinyQuant.Kernels.Geometry;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>What an int8 depthwise convolution works on; lengths are checked.</summary>
internal ref struct DepthwiseArgs
{
    public WindowGeometry Geometry;
    public ReadOnlySpan<sbyte> Input;
    public ReadOnlySpan<sbyte> Weights;
    public ReadOnlySpan<int> Bias;
    public int InputZeroPoint;
    public Requantization Requantization;

    /// <summary>
    /// Room for copies of the rows under a window, where the output is written over the input; else empty.
    /// </summary>
    public Span<sbyte> Rows;

    public Span<sbyte> Output;

    /// <summary>The rows under the windows that are being computed.</summary>
    public ImageRows<sbyte> Window;

    /// <summary>The output channels that are computed.</summary>
    public int Done;
}
