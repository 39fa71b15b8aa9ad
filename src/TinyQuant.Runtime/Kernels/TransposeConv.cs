using System.ComponentModel;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <summary>Transposed convolution, TensorFlow Lite's TRANSPOSE_CONV, int8, int16 and float32.</summary>
/// <remarks>
/// Input position (i, j) is added, times the filter, to the window of the output that begins at
/// (i · stride − padding, j · stride − padding). Computed the other way round, output by output, so that no int32 image
/// is needed: a tap contributes where (output + padding − tap) is a multiple of the stride.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class TransposeConv
{
    /// <summary>float32 throughout; the bias is added last.</summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes; the window slides over the output. The dilation is 1.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels] real values.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        float min, float max, Span<float> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        TransposedWindows windows = new(g);
        while (windows.MoveNext())
        {
            Span<float> pixel = output.Slice(windows.Output, g.OutputChannels);
            pixel.Clear();

            // The last tap reads the first input: so the products are added in the order of the reference.
            for (int tap = (g.FilterHeight * g.FilterWidth) - 1; tap >= 0; tap--)
            {
                int at = windows.InputOf(tap);
                for (int o = 0; at >= 0 && o < pixel.Length; o++)
                {
                    ReadOnlySpan<float> x = input.Slice(at, g.InputChannels);
                    ReadOnlySpan<float> w = weights.Slice(WeightsOf(g, o, tap), g.InputChannels);
                    for (int c = 0; c < x.Length; c++)
                    {
                        pixel[o] += x[c] * w[c];
                    }
                }
            }

            PlaneSums.Add(bias, pixel);
        }

        ActivationClamp.Run(output, min, max);
    }

    private static int WeightsOf(in WindowGeometry g, int output, int tap) =>
        ((output * g.FilterHeight * g.FilterWidth) + tap) * g.InputChannels;

    private static void Check(in WindowGeometry g, int input, int weights, int bias, int output)
    {
        g.Check(input, output);
        SpanChecks.Equal(bias, g.OutputChannels, nameof(bias), "outputs");
        SpanChecks.Equal(weights, (long)g.OutputChannels * g.PatchLength, nameof(weights), "geometry");
    }
}
