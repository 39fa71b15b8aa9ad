using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Convolution;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    /// <summary>
    /// float32 throughout: <c>clamp(Σ weights[o, tap, c] · x[tap, c] + bias[o])</c>, the bias added last, real 0
    /// outside of the input.
    /// </summary>
    /// <remarks>
    /// The order of the additions, and whether they are fused with the products, is the instruction set's.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">
    /// [outputs / 8, filter height, filter width, channels, 8] real values, and then those of the last outputs, fewer
    /// than eight, [outputs % 8, filter height, filter width, channels].
    /// </param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="patch">
    /// Room for the inputs of some windows, where they cannot be read where they lie: <see cref="FloatScratchLength"/>
    /// values.
    /// </param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        float min, float max, Span<float> patch, Span<float> output)
    {
        geometry.Check(input.Length, output.Length);
        SpanChecks.Equal(bias.Length, geometry.OutputChannels, "bias", "outputs");
        SpanChecks.Equal(weights.Length, (long)geometry.OutputChannels * geometry.PatchLength, "weights", "geometry");
        WindowGeometry g = geometry.AsOneRow().InBytes(sizeof(float));
        SpanChecks.AtLeast(patch.Length, ConvolutionInputs.ScratchLength(g) / sizeof(float), "patch", "geometry");
        SpanChecks.Fit((long)output.Length * sizeof(float), "output's bytes");
        SpanChecks.Fit((long)weights.Length * sizeof(float), "bytes of weights");
        ConvolutionArgs args = new()
        {
            Geometry = g,
            Input = MemoryMarshal.AsBytes(input),
            Weights = MemoryMarshal.Cast<float, sbyte>(weights),
            Bias = MemoryMarshal.Cast<float, int>(bias),
            Scratch = MemoryMarshal.AsBytes(patch),
            Output = MemoryMarshal.AsBytes(output),
            Min = min,
            Max = max,
        };
        FloatTileDispatch.Run<ConvolutionKernel<FloatTileWriter>, ConvolutionArgs>(ref args);
        if (geometry.OutputChannels % 8 != 0)
        {
            FloatConvolutionRest.Run(ref args);
        }
    }

    /// <summary>The values of scratch that <see cref="Float32"/> needs.</summary>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <exception cref="ArgumentException">A size is not positive, or more is needed than a span can have.</exception>
    public static int FloatScratchLength(in WindowGeometry geometry)
    {
        geometry.CheckMade();
        return ConvolutionInputs.ScratchLength(geometry.AsOneRow().InBytes(sizeof(float))) / sizeof(float);
    }
}
