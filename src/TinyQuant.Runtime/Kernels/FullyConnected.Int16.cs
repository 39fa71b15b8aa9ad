using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Int16;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>int16 codes with int8 weights, <c>clamp(scaled(bias + Σ (w − zp_w) · (x − zp_x)) + zp)</c>.</summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/fully_connected.h</c>. Where weights are constants,
    /// the input's zero point is folded into the bias, and <paramref name="inputZeroPoint"/> is 0.
    /// </remarks>
    /// <param name="input">[rows, depth] int16 codes.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-32768, 32767], where the bias has it not.</param>
    /// <param name="weights">[outputs, depth] int8 codes, row after row.</param>
    /// <param name="weightsZeroPoint">Their zero point, in [-128, 127].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="row">Room for [depth] codes, rounded up to a multiple of 16.</param>
    /// <param name="output">[rows, outputs] int16 codes.</param>
    /// <typeparam name="TSums">How sums are scaled.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Int16<TSums>(
        ReadOnlySpan<short> input, int inputZeroPoint, ReadOnlySpan<sbyte> weights, int weightsZeroPoint,
        ReadOnlySpan<long> bias, in Int16Requantization r, Span<short> row, Span<short> output)
        where TSums : struct, ISumScaling
    {
        var shape = FullyConnectedShape.OfRows(input.Length, weights.Length, bias.Length, output.Length);
        r.Check(shape.Outputs);
        Span<long> sums = stackalloc long[Tile];
        for (int i = 0; i < shape.Rows; i++)
        {
            ReadOnlySpan<short> codes = input.Slice(i * shape.Depth, shape.Depth);
            ReadOnlySpan<short> padded = Int16Products.Pad(codes, row);
            long offset = weightsZeroPoint == 0
                ? 0
                : weightsZeroPoint * (Sum(codes) - ((long)shape.Depth * inputZeroPoint));
            for (int first = 0; first < shape.Outputs; first += Tile)
            {
                Span<long> tile = sums[..Math.Min(Tile, shape.Outputs - first)];
                for (int o = 0; o < tile.Length; o++)
                {
                    int at = (first + o) * shape.Depth;
                    long excess = inputZeroPoint == 0 ? 0 : inputZeroPoint * Sum(weights.Slice(at, shape.Depth));
                    tile[o] = unchecked(bias[first + o] - offset - excess);
                }

                Int16Products.Add(padded, shape.Depth, weights[(first * shape.Depth)..], shape.Depth, tile);
                r.Run<TSums>(tile, first, output[((i * shape.Outputs) + first)..]);
            }
        }
    }

    private static long Sum(ReadOnlySpan<short> codes)
    {
        long sum = 0;
        foreach (short code in codes)
        {
            sum += code;
        }

        return sum;
    }

    private static long Sum(ReadOnlySpan<sbyte> codes)
    {
        long sum = 0;
        foreach (sbyte code in codes)
        {
            sum += code;
        }

        return sum;
    }
}
