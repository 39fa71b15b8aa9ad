using TinyQuant.Kernels.FloatUnits;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    /// <summary>float32 throughout: <c>clamp(bias[o] + Σ weights[o, tap, c] · x[tap, c])</c>, real 0 outside of the input.</summary>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels] real values.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="patch">Room for one window over all channels; none is needed for windows of one element that are never outside.</param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        float min, float max, Span<float> patch, Span<float> output)
    {
        WindowGeometry g = geometry;
        g.Check(input.Length, output.Length);
        Lengths.Equal(bias.Length, g.OutputChannels, "bias", "outputs");
        Lengths.Equal(weights.Length, checked(g.OutputChannels * g.PatchLength), "weights", "geometry");
        if (g.FilterHeight * g.FilterWidth > 1)
        {
            Lengths.AtLeast(patch.Length, g.PatchLength, "patch", "geometry");
        }

        int image = g.InputHeight * g.InputRow;
        int at = 0;
        for (int batch = 0; batch < g.Batches; batch++)
        {
            for (int row = 0; row < g.OutputHeight; row++)
            {
                for (int column = 0; column < g.OutputWidth; column++)
                {
                    ReadOnlySpan<float> window = Patch.Gather(input.Slice(batch * image, image), g, row, column, 0f, patch);
                    FloatDispatch.Run(window, weights, bias, output.Slice(at, g.OutputChannels));
                    at += g.OutputChannels;
                }
            }
        }

        ActivationClamp.Run(output, min, max);
    }
}
