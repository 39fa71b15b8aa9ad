using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TinyQuant.Kernels.Checks;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels;

/// <summary>Matrix-vector products of a dense layer, int8, dynamic-range int8 and float32.</summary>
/// <remarks>
/// <para>
/// Shapes come from the spans: outputs = bias length, rows = result length / outputs, depth = input length / rows.
/// </para>
/// <para>
/// int8 weights are packed: block columns of 32 outputs, then the remainder as blocks of 8, 4, 2 and 1. A block of P
/// outputs holds, for each group of 4 inputs, 4 weights of its first output, 4 of its second, and so on: 4·P bytes. A
/// column of 32 is four blocks of 8, of which each in turn holds 16 inputs, and of the last inputs 4.
/// The depth is padded to a multiple of 4 with zero weights, so all of them take
/// <see cref="PackedLength"/> = outputs · roundUp4(depth) bytes.
/// </para>
/// <para>
/// Input zero points are folded into the biases beforehand: <c>bias' = bias − zp·Σw</c>. For pixels there is a second
/// one,
/// <c>bias' − 128·Σw</c>, for units that multiply them as they are. Every unit then gives the same int32 sums.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class FullyConnected
{
    /// <summary>Outputs that are accumulated before they are requantized; a multiple of the widest tile.</summary>
    private const int Tile = 64;

    /// <summary>The bytes that packed int8 weights take.</summary>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="depth">Inputs of the layer.</param>
    /// <exception cref="ArgumentException">They are more than a span can have.</exception>
    public static int PackedLength(int outputs, int depth) =>
        SpanChecks.Fit(outputs * PackedLayout.Padded(depth), "packed weights");

    /// <summary>
    /// The int32 sums <c>bias[o] + Σ weights[o, i] · input[r, i]</c>, wrapping where they leave int32.
    /// </summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="weights">[outputs, depth] int8 codes, packed.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in.</param>
    /// <param name="accumulators">[rows, outputs].</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Accumulate<TRange>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, Span<int> accumulators)
        where TRange : struct, IWeightRange =>
        Accumulate<TRange>(MemoryMarshal.AsBytes(input), isUnsigned: false, weights, bias, bias, accumulators);

    /// <summary>
    /// The same sums of pixels, whose int8 codes are <c>pixel − 128</c>: as
    /// <see cref="Quantize.FromPixels"/> and the other overload, without the pass over the pixels.
    /// </summary>
    /// <param name="pixels">[rows, depth] bytes, each an int8 code plus 128.</param>
    /// <param name="weights">[outputs, depth] int8 codes, packed.</param>
    /// <param name="bias">[outputs], with the zero point of the int8 codes folded in.</param>
    /// <param name="unsignedBias">[outputs], <paramref name="bias"/> less 128·Σw.</param>
    /// <param name="accumulators">[rows, outputs].</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Accumulate<TRange>(
        ReadOnlySpan<byte> pixels, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, ReadOnlySpan<int> unsignedBias,
        Span<int> accumulators)
        where TRange : struct, IWeightRange =>
        Accumulate<TRange>(pixels, isUnsigned: true, weights, bias, unsignedBias, accumulators);

    /// <summary>int8 codes in, int8 codes out: the sums of <c>Accumulate</c>, requantized.</summary>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="weights">[outputs, depth] int8 codes, packed.</param>
    /// <param name="bias">[outputs], with the input's zero point folded in.</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="output">[rows, outputs] int8 codes.</param>
    /// <typeparam name="TRange">Whether weights of -128 occur.</typeparam>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    [SkipLocalsInit]
    public static void Int8<TRange, TRequantizer>(
        ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, in Requantization r,
        Span<sbyte> output)
        where TRange : struct, IWeightRange
        where TRequantizer : struct, IRequantizer
    {
        var shape = FullyConnectedShape.OfPacked(input.Length, weights.Length, bias.Length, output.Length);
        r.Check<TRequantizer>(shape.Outputs);
        int padded = (int)PackedLayout.Padded(shape.Depth);
        Span<int> sums = stackalloc int[Tile];
        for (int row = 0; row < shape.Rows; row++)
        {
            Span<sbyte> codes = output.Slice(row * shape.Outputs, shape.Outputs);
            for (int first = 0; first < shape.Outputs; first += Tile)
            {
                int count = Math.Min(Tile, shape.Outputs - first);
                MatrixVectorArgs args = new()
                {
                    Input = MemoryMarshal.AsBytes(input.Slice(row * shape.Depth, shape.Depth)),
                    Weights = weights.Slice(first * padded, count * padded),
                    Bias = bias.Slice(first, count),
                    Accumulators = sums[..count],
                };
                DotDispatch.Run<MatrixVectorKernel, MatrixVectorArgs, TRange>(isUnsigned: false, ref args);
                TRequantizer.Run(sums[..count], r, first, codes.Slice(first, count));
            }
        }
    }

    private static void Accumulate<TRange>(
        ReadOnlySpan<byte> input, bool isUnsigned, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> unsignedBias, Span<int> accumulators)
        where TRange : struct, IWeightRange
    {
        var shape = FullyConnectedShape.OfPacked(input.Length, weights.Length, bias.Length, accumulators.Length);
        SpanChecks.Equal(unsignedBias.Length, bias.Length, "unsigned bias", "bias");
        MatrixVectorArgs args = new()
        {
            Input = input,
            IsUnsigned = isUnsigned,
            Weights = weights,
            Bias = bias,
            UnsignedBias = unsignedBias,
            Accumulators = accumulators,
        };
        for (int row = 0; row < shape.Rows; row++)
        {
            args.Input = input.Slice(row * shape.Depth, shape.Depth);
            args.Accumulators = accumulators.Slice(row * shape.Outputs, shape.Outputs);
            DotDispatch.Run<MatrixVectorKernel, MatrixVectorArgs, TRange>(args.IsUnsigned, ref args);
        }
    }
}
