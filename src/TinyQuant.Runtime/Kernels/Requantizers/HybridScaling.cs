using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>int32 sums of a convolution with dynamic range as real numbers.</summary>
internal static class HybridScaling
{
    /// <summary>One scale, or one for each output; a bias for each.</summary>
    public static void Check(int outputs, int scales, int bias)
    {
        SpanChecks.Equal(bias, outputs, "bias", "outputs");
        if (scales != 1)
        {
            SpanChecks.Equal(scales, outputs, "scales of weights", "outputs");
        }
    }

    /// <summary>(sum · weight scale) · input scale + bias, each step rounded to float32.</summary>
    /// <param name="sums">Of consecutive outputs.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="scale">The input's scale.</param>
    /// <param name="weightScales">One, or one for each output of the layer.</param>
    /// <param name="bias">One for each output of the layer.</param>
    /// <param name="output">At least as long as <paramref name="sums"/>.</param>
    public static void Run(
        ReadOnlySpan<int> sums, int first, float scale, ReadOnlySpan<float> weightScales, ReadOnlySpan<float> bias,
        Span<float> output)
    {
        for (int o = 0; o < sums.Length; o++)
        {
            float scaled = sums[o] * weightScales[weightScales.Length == 1 ? 0 : first + o];
            scaled *= scale;
            output[o] = scaled + bias[first + o];
        }
    }
}
