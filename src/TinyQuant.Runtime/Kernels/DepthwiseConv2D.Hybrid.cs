using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

public static partial class DepthwiseConv2D
{
    private const int HybridTile = 64;

    /// <summary>
    /// float32 in and out, int8 inside: each image is quantized by its own range, then multiplied as int8.
    /// </summary>
    /// <remarks>As <see cref="Conv2D.Hybrid"/>, for each channel by itself.</remarks>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window; output channels are a multiple of input
    /// channels.</param>
    /// <param name="weights">[filter height, filter width, output channels] int8 codes.</param>
    /// <param name="weightScales">One, or one for each output channel.</param>
    /// <param name="bias">[output channels] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="codes">Room for the codes of one image.</param>
    /// <param name="output">[batches, output height, output width, output channels] real values.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Hybrid(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<float> weightScales,
        ReadOnlySpan<float> bias, float min, float max, Span<sbyte> codes, Span<float> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        HybridScaling.Check(g.OutputChannels, weightScales.Length, bias.Length);
        int image = g.InputHeight * g.InputRow;
        SpanChecks.AtLeast(codes.Length, image, "codes", "geometry");
        Span<int> sums = stackalloc int[HybridTile];
        ImageRows<sbyte> rows = new(g, default);
        rows.Start(codes[..image]);
        int at = 0;
        for (int batch = 0; batch < g.Batches; batch++)
        {
            Quantize.Dynamic(input.Slice(batch * image, image), codes[..image], out float scale, out int zeroPoint);
            for (int position = 0; position < g.OutputHeight * g.OutputWidth; position++, at += g.OutputChannels)
            {
                for (int first = 0; first < g.OutputChannels; first += HybridTile)
                {
                    Span<int> tile = sums[..Math.Min(HybridTile, g.OutputChannels - first)];
                    tile.Clear();
                    DepthwiseTaps.Add(
                        rows, g, position / g.OutputWidth, position % g.OutputWidth, weights, zeroPoint, first, tile);
                    HybridScaling.Run(tile, first, scale, weightScales, bias, output[(at + first)..]);
                }
            }
        }

        ActivationClamp.Run(output, min, max);
    }
}
