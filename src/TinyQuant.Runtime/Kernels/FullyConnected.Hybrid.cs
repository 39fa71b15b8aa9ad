using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Units;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>float32 in and out, int8 inside: each row is quantized by its own range, then multiplied as int8.</summary>
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
    /// <param name="quantizedInput">Room for [depth] codes; what it holds afterwards differs between processors.</param>
    /// <param name="output">[rows, outputs] real values.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Hybrid<TRange>(
        ReadOnlySpan<float> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> weightSums,
        float weightScale, ReadOnlySpan<float> bias, float min, float max, Span<sbyte> quantizedInput,
        Span<float> output)
        where TRange : struct, IWeightRange
    {
        var shape = FullyConnectedShape.OfPacked(input.Length, weights.Length, bias.Length, output.Length);
        Lengths.Equal(weightSums.Length, bias.Length, "sums of weights", "bias");
        Lengths.AtLeast(quantizedInput.Length, shape.Depth, "quantized input", "depth");
        Span<sbyte> codes = quantizedInput[..shape.Depth];
        int padded = (shape.Depth + 3) / 4 * 4;
        bool isUnsigned = DotDispatch.PrefersUnsigned;
        Span<int> sums = stackalloc int[Tile];
        for (int row = 0; row < shape.Rows; row++)
        {
            Quantize.Dynamic(
                input.Slice(row * shape.Depth, shape.Depth), codes, isUnsigned, out float scale, out int zeroPoint);
            int offset = isUnsigned ? zeroPoint + 128 : zeroPoint;
            scale *= weightScale;
            Span<float> reals = output.Slice(row * shape.Outputs, shape.Outputs);
            for (int first = 0; first < shape.Outputs; first += Tile)
            {
                int count = Math.Min(Tile, shape.Outputs - first);
                Span<int> tile = sums[..count];
                for (int i = 0; i < tile.Length; i++)
                {
                    tile[i] = -offset * weightSums[first + i];
                }

                // The unit adds its sums to the offsets in place.
                RowArgs args = new()
                {
                    Input = MemoryMarshal.AsBytes(codes),
                    IsUnsigned = isUnsigned,
                    Weights = weights.Slice(first * padded, count * padded),
                    Bias = tile,
                    UnsignedBias = tile,
                    Accumulators = tile,
                };
                DotDispatch.Run<FullyConnectedKernel, RowArgs, TRange>(args.IsUnsigned, ref args);
                Scale(tile, scale, bias.Slice(first, count), reals.Slice(first, count));
            }

            ActivationClamp.Run(reals, min, max);
        }
    }

    private static void Scale(ReadOnlySpan<int> sums, float scale, ReadOnlySpan<float> bias, Span<float> output)
    {
        ref int source = ref MemoryMarshal.GetReference(sums);
        ref float biases = ref MemoryMarshal.GetReference(bias);
        ref float target = ref MemoryMarshal.GetReference(output);
        nint i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= sums.Length - 4; i += 4)
            {
                Vector128<float> product = Vector128.ConvertToSingle(Vector128.LoadUnsafe(ref source, (nuint)i)) * scale;
                (Vector128.LoadUnsafe(ref biases, (nuint)i) + product).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < sums.Length; i++)
        {
            float product = Unsafe.Add(ref source, i) * scale;
            Unsafe.Add(ref target, i) = Unsafe.Add(ref biases, i) + product;
        }
    }
}
