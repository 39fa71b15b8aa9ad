using System.ComponentModel;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.FloatDot;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <summary>
/// Convolution of each channel with filters of its own, TensorFlow Lite's DEPTHWISE_CONV_2D, int8 and float32.
/// </summary>
/// <remarks>
/// Output channel <c>o = c · multiplier + k</c> reads input channel c:
/// <c>acc[o] = bias[o] + Σ weights[tap, o] · (x[tap, c] − zp)</c> over the taps that lie inside of the input.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DepthwiseConv2D
{
    /// <summary>int8 codes in, int8 codes out.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] int8 codes.</param>
    /// <param name="bias">[output channels].</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts or scales (one, or one for each output channel), the output's zero point
    /// and clamp.</param>
    /// <param name="rows">
    /// Empty, where output and input are apart. Where the output is written over the input, room for
    /// (filter height − 1) · dilation + 1 rows of it; a row of the output must then be no longer than one of the input.
    /// </param>
    /// <param name="output">[batches, output height, output width, output channels] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    public static void Int8<TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        int inputZeroPoint, in Requantization r, Span<sbyte> rows, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check<TRequantizer>(g.OutputChannels);
        DepthwiseArgs args = new()
        {
            Geometry = g,
            Input = input,
            Weights = weights,
            Bias = bias,
            InputZeroPoint = inputZeroPoint,
            Requantization = r,
            Rows = rows,
            Output = output,
        };
        if (DepthwiseDispatch.CanRun(g) && (rows.IsEmpty || g.OutputChannels % 8 == 0))
        {
            DepthwiseDispatch.Run<DepthwiseKernel<TRequantizer>, DepthwiseArgs>(ref args);
        }

        DepthwiseTaps.Run<TRequantizer>(ref args);
    }

    /// <summary>
    /// float32 throughout: <c>clamp(Σ weights[tap, o] · x[tap, c] + bias[o])</c>, the bias added last.
    /// </summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] real values.</param>
    /// <param name="bias">[output channels] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">[batches, output height, output width, output channels] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        float min, float max, Span<float> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        if (g.InputChannels == g.OutputChannels)
        {
            FloatDepthwiseArgs args = new()
            {
                Geometry = g,
                Input = ref MemoryMarshal.GetReference(input),
                Weights = ref MemoryMarshal.GetReference(weights),
                Bias = ref MemoryMarshal.GetReference(bias),
                Output = ref MemoryMarshal.GetReference(output),
                Min = min,
                Max = max,
            };
            FloatDispatch.Run(ref args);
            return;
        }

        int image = g.InputHeight * g.InputRow;
        int at = 0;
        for (int batch = 0; batch < g.Batches; batch++)
        {
            for (int row = 0; row < g.OutputHeight; row++)
            {
                for (int column = 0; column < g.OutputWidth; column++)
                {
                    Span<float> pixel = output.Slice(at, g.OutputChannels);
                    pixel.Clear();
                    DepthwiseTaps.Add(input.Slice(batch * image, image), g, row, column, weights, pixel);
                    PlaneSums.Add(bias, pixel);
                    at += g.OutputChannels;
                }
            }
        }

        ActivationClamp.Run(output, min, max);
    }

    private static void Check(in WindowGeometry g, int input, int weights, int bias, int output)
    {
        g.Check(input, output);
        SpanChecks.Equal(bias, g.OutputChannels, nameof(bias), "outputs");
        SpanChecks.Equal(
            weights, SpanChecks.Product(g.FilterHeight, g.FilterWidth, g.OutputChannels), nameof(weights), "geometry");
        if (g.OutputChannels % g.InputChannels != 0)
        {
            throw new ArgumentException("The output channels are no multiple of the input channels.");
        }
    }
}
