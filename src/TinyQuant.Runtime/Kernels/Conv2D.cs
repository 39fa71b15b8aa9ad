using System.ComponentModel;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Convolution;

namespace TinyQuant.Kernels;

/// <summary>Two-dimensional convolution, TensorFlow Lite's CONV_2D, int8 and float32.</summary>
/// <remarks>
/// <c>acc[o] = bias[o] + Σ weights[o, tap, c] · x[tap, c]</c>. What lies outside of the input counts as its zero point,
/// so the folded bias is right there too.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Conv2D
{
    /// <summary>
    /// The bytes that packed int8 weights take: each row of the window is padded to a multiple of 4 with zeros.
    /// </summary>
    /// <param name="outputs">Output channels.</param>
    /// <param name="filterHeight">Rows of the window.</param>
    /// <param name="rowLength">Columns of the window times input channels.</param>
    /// <exception cref="ArgumentException">They are more than a span can have.</exception>
    public static int PackedLength(int outputs, int filterHeight, int rowLength) =>
        FullyConnected.PackedLength(outputs, FullyConnected.PackedLength(filterHeight, rowLength));

    /// <summary>int8 codes in, int8 codes out.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">
    /// [outputs, filter height, filter width · channels padded to 4] int8 codes, packed as for
    /// <see cref="FullyConnected"/>:
    /// <see cref="PackedLength"/> bytes.
    /// </param>
    /// <param name="bias">[outputs], with the input's zero point folded in: <c>bias − zp·Σw</c>.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output), the output's zero point and
    /// clamp.</param>
    /// <param name="patch">Room for the inputs of some windows, where they cannot be read where they lie:
    /// <see cref="ScratchLength"/> bytes.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int8<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        int inputZeroPoint, in Requantization r, Span<sbyte> patch, Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        geometry.Check(input.Length, output.Length);
        r.Check<TRequantizer>(geometry.OutputChannels);
        SpanChecks.Equal(bias.Length, geometry.OutputChannels, "bias", "outputs");
        int packed = PackedLength(
            geometry.OutputChannels, geometry.FilterHeight, geometry.FilterWidth * geometry.InputChannels);
        SpanChecks.Equal(weights.Length, packed, "weights", "geometry");
        WindowGeometry g = geometry.AsOneRow();
        SpanChecks.AtLeast(patch.Length, ConvolutionInputs.ScratchLength(g), "patch", "geometry");
        if (g.IsSingle)
        {
            // A window that shares its weights with no other.
            FullyConnected.Int8<TRange, TRequantizer>(input, weights, bias, r, output);
            return;
        }

        ConvolutionArgs args = new()
        {
            Geometry = g,
            Input = MemoryMarshal.AsBytes(input),
            Weights = weights,
            Bias = bias,
            Padding = (sbyte)inputZeroPoint,
            Requantization = r,
            Scratch = MemoryMarshal.AsBytes(patch),
            Output = MemoryMarshal.AsBytes(output),
        };
        TileDispatch.Run<ConvolutionKernel<Int8TileWriter<TRequantizer>>, ConvolutionArgs, TRange>(ref args);
        if (geometry.OutputChannels % 8 != 0)
        {
            ConvolutionRest<TRange, TRequantizer>.Run(ref args);
        }
    }

    /// <summary>The bytes of scratch that <see cref="Int8"/> needs.</summary>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <exception cref="ArgumentException">A size is not positive, or more is needed than a span can have.</exception>
    public static int ScratchLength(in WindowGeometry geometry)
    {
        geometry.CheckMade();
        return ConvolutionInputs.ScratchLength(geometry.AsOneRow());
    }
}
