using TinyQuant.Kernels;

namespace TinyQuant.Bench;

/// <summary>The sizes of a layer of stride 1 whose output is as large as its input.</summary>
/// <param name="Operator">What it computes.</param>
/// <param name="Height">Rows of the image; of FullyConnected, rows of the input.</param>
/// <param name="Width">Columns of the image; of FullyConnected 1.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels; of a depthwise convolution as many as there are inputs.</param>
internal sealed record LayerShape(LayerOperator Operator, int Height, int Width, int Inputs, int Outputs)
{
    public int Positions => Height * Width;

    public int InputLength => Positions * Inputs;

    public int OutputLength => Positions * Outputs;

    /// <summary>Products that an output is the sum of.</summary>
    public int Depth => Operator == LayerOperator.Depthwise3x3 ? Taps : Taps * Inputs;

    public int Weights => Outputs * Depth;

    /// <summary>Multiply-accumulates of a run; those with the padding around the image count, too.</summary>
    public long Macs => (long)Positions * Weights;

    public WindowGeometry Geometry
    {
        get
        {
            int side = Taps == 1 ? 1 : 3, padding = side / 2;
            return new(1, Height, Width, Inputs, Height, Width, Outputs, side, side, paddingTop: padding,
                paddingLeft: padding);
        }
    }

    private int Taps => Operator is LayerOperator.Conv3x3 or LayerOperator.Depthwise3x3 ? 9 : 1;

    public override string ToString() => Operator switch
    {
        LayerOperator.FullyConnected => Height == 1 ? $"{Inputs}→{Outputs}" : $"{Height} rows, {Inputs}→{Outputs}",
        LayerOperator.Depthwise3x3 => $"{Height}×{Width}, {Inputs}",
        _ => $"{Height}×{Width}, {Inputs}→{Outputs}",
    };
}
