using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels;

public static partial class Conv2D
{
    private const int HybridTile = 24; // fewer than 32: packed windows are columns of 8

    /// <summary>
    /// float32 in and out, int8 inside: each image is quantized by its own range, then multiplied as int8.
    /// </summary>
    /// <remarks>
    /// <c>clamp((acc · weightScale[o]) · inputScale + bias[o])</c> with <c>acc = Σ w · (x − zp)</c> over the taps
    /// inside of the image, each step rounded to float32 and none fused (<c>HybridConvPerChannel</c> in TensorFlow
    /// Lite's
    /// <c>kernels/internal/reference/conv.h</c>), so that all processors give the same bits.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">As for <see cref="Int8"/>.</param>
    /// <param name="weightSums">[outputs], Σw of each output.</param>
    /// <param name="weightScales">One, or one for each output.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="codes">Room for the codes of one image.</param>
    /// <param name="patch">Room for those of one window: <see cref="PackedLength"/> of one output.</param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Hybrid<TRange>(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> weightSums,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> bias, float min, float max, Span<sbyte> codes,
        Span<sbyte> patch, Span<float> output)
        where TRange : struct, IWeightRange
    {
        SpanChecks.Equal(weightSums.Length, bias.Length, "sums of weights", "bias");
        HybridBy<TRange, Quantize.Asymmetrically>(
            input, geometry, weights, weightSums, weightScales, 1, bias, min, max, codes, patch, output);
    }

    /// <summary>
    /// The same with one scale of the weights, but that each image is quantized by its greatest magnitude, around 0:
    /// <c>clamp(acc · (inputScale · weightScale) + bias[o])</c>.
    /// </summary>
    /// <remarks>
    /// <c>HybridConv</c> in TensorFlow Lite's <c>kernels/internal/optimized/optimized_ops.h</c>, as <c>EvalHybrid</c>
    /// of <c>kernels/conv.cc</c> calls it.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] real values.</param>
    /// <param name="geometry">Sizes of input, output and window.</param>
    /// <param name="weights">As for <see cref="Int8"/>.</param>
    /// <param name="weightScale">The real value of one step of the weights.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; the least finite one for none.</param>
    /// <param name="max">The activation's greatest value; the greatest finite one for none.</param>
    /// <param name="codes">Room for the codes of one image.</param>
    /// <param name="patch">Room for those of one window: <see cref="PackedLength"/> of one output.</param>
    /// <param name="output">[batches, output height, output width, outputs] real values.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void HybridSymmetric<TRange>(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, float weightScale,
        ReadOnlySpan<float> bias, float min, float max, Span<sbyte> codes, Span<sbyte> patch, Span<float> output)
        where TRange : struct, IWeightRange => HybridBy<TRange, Quantize.Symmetrically>(
            input, geometry, weights, default, [1], weightScale, bias, min, max, codes, patch, output);

    [SkipLocalsInit]
    private static unsafe void HybridBy<TRange, TInputs>(
        ReadOnlySpan<float> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<int> weightSums,
        ReadOnlySpan<float> weightScales, float factor, ReadOnlySpan<float> bias, float min, float max,
        Span<sbyte> codes,
        Span<sbyte> patch, Span<float> output)
        where TRange : struct, IWeightRange
        where TInputs : struct, Quantize.IInputs
    {
        WindowGeometry g = geometry;
        g.Check(input.Length, output.Length);
        int outputs = g.OutputChannels;
        int depth = PackedLength(1, g.FilterHeight, g.FilterWidth * g.InputChannels);
        int image = g.InputHeight * g.InputRow;
        SpanChecks.Equal(weights.Length, (long)outputs * depth, "weights", "geometry");
        HybridScaling.Check(outputs, weightScales.Length, bias.Length);
        SpanChecks.AtLeast(codes.Length, image, "codes", "geometry");
        SpanChecks.AtLeast(patch.Length, depth, "patch", "geometry");
        Span<int> sums = stackalloc int[HybridTile];
        Span<sbyte> window = patch[..depth];
        fixed (sbyte* pinnedCodes = codes, pinnedWindow = window)
        {
            int at = 0;
            for (int batch = 0; batch < g.Batches; batch++)
            {
                TInputs.Quantize(
                    input.Slice(batch * image, image), codes[..image], isUnsigned: false, out float scale,
                    out int zeroPoint);
                PaddedInput padded = new(g, pinnedCodes, (sbyte)zeroPoint);
                for (int position = 0; position < g.OutputHeight * g.OutputWidth; position++, at += outputs)
                {
                    padded.CopyWindow(position / g.OutputWidth, position % g.OutputWidth, pinnedWindow);
                    for (int first = 0; first < outputs; first += HybridTile)
                    {
                        int count = Math.Min(HybridTile, outputs - first);
                        Span<int> tile = sums[..count];
                        tile.Clear();
                        for (int o = 0; zeroPoint != 0 && o < count; o++)
                        {
                            tile[o] = -zeroPoint * weightSums[first + o];
                        }

                        // The unit adds its sums to what is there.
                        FullyConnected.Accumulate<TRange>(
                            window, weights.Slice(first * depth, count * depth), tile, tile);
                        HybridScaling.Run(tile, first, scale * factor, weightScales, bias, output[(at + first)..]);
                    }
                }
            }
        }

        ActivationClamp.Run(output, min, max);
    }
}
