using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Elements;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>
    /// float32 in and out, int8 inside: each row is quantized by its own range, then multiplied as int8.
    /// </summary>
    /// <remarks>
    /// <c>clamp(bias[o] + (acc − zp·Σw) · (inputScale · weightScale))</c>: the product of the scales first, each step
    /// rounded to float32 and none fused, so that all processors give the same bits. Rows are quantized as
    /// <see cref="Quantize.Dynamic(ReadOnlySpan{float}, Span{sbyte}, out float, out int)"/> does.
    /// </remarks>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="weights">[outputs, depth] int8 codes with zero point 0, packed.</param>
    /// <param name="weightSums">[outputs], Σw of each output.</param>
    /// <param name="weightScale">The real value of one step of the weights.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="quantizedInput">Room for [depth] codes; what it holds afterwards differs between
    /// processors.</param>
    /// <param name="output">[rows, outputs] real values.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Hybrid<TRange>(
        ReadOnlySpan<float> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> weightSums,
        float weightScale, ReadOnlySpan<float> bias, float min, float max, Span<sbyte> quantizedInput,
        Span<float> output)
        where TRange : struct, IWeightRange =>
        HybridBy<TRange, Quantize.Asymmetrically, OneScale>(
            input, weights, weightSums, new ReadOnlySpan<float>(in weightScale), bias, min, max, quantizedInput,
            output);

    /// <summary>The same with a scale of the weights for each output.</summary>
    /// <inheritdoc cref="Hybrid{TRange}"/>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="weights">[outputs, depth] int8 codes with zero point 0, packed.</param>
    /// <param name="weightSums">[outputs], Σw of each output.</param>
    /// <param name="weightScales">[outputs], the real value of one step of the weights.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="quantizedInput">Room for [depth] codes.</param>
    /// <param name="output">[rows, outputs] real values.</param>
    public static void HybridChannels<TRange>(
        ReadOnlySpan<float> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> weightSums,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> bias, float min, float max,
        Span<sbyte> quantizedInput, Span<float> output)
        where TRange : struct, IWeightRange
    {
        SpanChecks.Equal(weightScales.Length, bias.Length, "scales of weights", "bias");
        HybridBy<TRange, Quantize.Asymmetrically, ChannelScales>(
            input, weights, weightSums, weightScales, bias, min, max, quantizedInput, output);
    }

    /// <summary>The same, but that each row is quantized by its greatest magnitude, around 0.</summary>
    /// <remarks>
    /// Codes are <c>round(x · (127 / range))</c>, and their scale is <c>range / 127</c>
    /// (<c>PortableSymmetricQuantizeFloats</c>).
    /// </remarks>
    /// <inheritdoc cref="Hybrid{TRange}"/>
    /// <param name="input">[rows, depth] real values.</param>
    /// <param name="weights">[outputs, depth] int8 codes with zero point 0, packed.</param>
    /// <param name="weightSums">[outputs], Σw of each output.</param>
    /// <param name="weightScales">The real value of one step of the weights: one, or one for each output.</param>
    /// <param name="bias">[outputs] real values.</param>
    /// <param name="min">The activation's least value; negative infinity for none.</param>
    /// <param name="max">The activation's greatest value; positive infinity for none.</param>
    /// <param name="quantizedInput">Room for [depth] codes.</param>
    /// <param name="output">[rows, outputs] real values.</param>
    public static void HybridSymmetric<TRange>(
        ReadOnlySpan<float> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> weightSums,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> bias, float min, float max,
        Span<sbyte> quantizedInput, Span<float> output)
        where TRange : struct, IWeightRange
    {
        if (weightScales.Length == 1)
        {
            HybridBy<TRange, Quantize.Symmetrically, OneScale>(
                input, weights, weightSums, weightScales, bias, min, max, quantizedInput, output);
            return;
        }

        SpanChecks.Equal(weightScales.Length, bias.Length, "scales of weights", "bias");
        HybridBy<TRange, Quantize.Symmetrically, ChannelScales>(
            input, weights, weightSums, weightScales, bias, min, max, quantizedInput, output);
    }

    [SkipLocalsInit]
    private static void HybridBy<TRange, TInputs, TScales>(
        ReadOnlySpan<float> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> weightSums,
        ReadOnlySpan<float> weightScales, ReadOnlySpan<float> bias, float min, float max, Span<sbyte> quantizedInput,
        Span<float> output)
        where TRange : struct, IWeightRange
        where TInputs : struct, Quantize.IInputs
        where TScales : struct, IHybridScales
    {
        var shape = FullyConnectedShape.OfPacked(input.Length, weights.Length, bias.Length, output.Length);
        SpanChecks.Equal(weightSums.Length, bias.Length, "sums of weights", "bias");
        SpanChecks.AtLeast(quantizedInput.Length, shape.Depth, "quantized input", "depth");
        Span<sbyte> codes = quantizedInput[..shape.Depth];
        int padded = (int)PackedLayout.Padded(shape.Depth);
        bool isUnsigned = DotDispatch.PrefersUnsigned;
        Span<int> sums = stackalloc int[Tile];
        for (int row = 0; row < shape.Rows; row++)
        {
            TInputs.Quantize(
                input.Slice(row * shape.Depth, shape.Depth), codes, isUnsigned, out float scale, out int zeroPoint);
            int offset = isUnsigned ? zeroPoint + 128 : zeroPoint;
            Span<float> reals = output.Slice(row * shape.Outputs, shape.Outputs);
            for (int first = 0; first < shape.Outputs; first += Tile)
            {
                int count = Math.Min(Tile, shape.Outputs - first);
                Span<int> tile = sums[..count];
                Multiply(weightSums.Slice(first, count), -offset, tile);

                // The unit adds its sums to the offsets in place.
                MatrixVectorArgs args = new()
                {
                    Input = MemoryMarshal.AsBytes(codes),
                    IsUnsigned = isUnsigned,
                    Weights = weights.Slice(first * padded, count * padded),
                    Bias = tile,
                    UnsignedBias = tile,
                    Accumulators = tile,
                };
                DotDispatch.Run<MatrixVectorKernel, MatrixVectorArgs, TRange>(args.IsUnsigned, ref args);
                TScales.Scale(
                    tile, scale, weightScales, first, bias.Slice(first, count), reals.Slice(first, count));
            }

            ActivationClamp.Run(reals, min, max);
        }
    }

    // The last vector overlaps the one before it: the same values are written again.
    private static void Multiply(ReadOnlySpan<int> values, int factor, Span<int> products)
    {
        ref int source = ref MemoryMarshal.GetReference(values);
        ref int target = ref MemoryMarshal.GetReference(products);
        nint last = products.Length - Vector128<int>.Count;
        if (Vector128.IsHardwareAccelerated && last >= 0)
        {
            for (nint i = 0; i < last; i += Vector128<int>.Count)
            {
                (Vector128.LoadUnsafe(ref source, (nuint)i) * factor).StoreUnsafe(ref target, (nuint)i);
            }

            (Vector128.LoadUnsafe(ref source, (nuint)last) * factor).StoreUnsafe(ref target, (nuint)last);
            return;
        }

        for (int i = 0; i < products.Length; i++)
        {
            products[i] = Unsafe.Add(ref source, i) * factor;
        }
    }
}
