using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.MatrixVector;

namespace TinyQuant.Kernels;

public static partial class FullyConnected
{
    /// <summary>
    /// int8 codes times int8 weights that are computed, or whose real 0 is another code than 0:
    /// <c>clamp(scaled(bias + Σ (w − zp_w) · (x − zp_x)) + zp)</c>.
    /// </summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/fully_connected.h</c>.
    /// </remarks>
    /// <param name="input">[rows, depth] int8 codes.</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="weights">[outputs, depth] int8 codes, row after row.</param>
    /// <param name="weightsZeroPoint">Their zero point, in [-128, 127].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="output">[rows, outputs] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    [SkipLocalsInit]
    public static void Int8Offset<TRequantizer>(
        ReadOnlySpan<sbyte> input, int inputZeroPoint, ReadOnlySpan<sbyte> weights, int weightsZeroPoint,
        ReadOnlySpan<int> bias, in Requantization r, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        var shape = FullyConnectedShape.OfRows(input.Length, weights.Length, bias.Length, output.Length);
        r.Check<TRequantizer>(shape.Outputs);
        Span<int> sums = stackalloc int[Tile];
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<sbyte> codes = input.Slice(row * shape.Depth, shape.Depth);
            int excess = unchecked((int)(weightsZeroPoint * (Sum(codes) - ((long)shape.Depth * inputZeroPoint))));
            Span<sbyte> results = output.Slice(row * shape.Outputs, shape.Outputs);
            for (int first = 0; first < shape.Outputs; first += Tile)
            {
                Span<int> tile = sums[..Math.Min(Tile, shape.Outputs - first)];
                for (int o = 0; o < tile.Length; o++)
                {
                    int sum = SignedDot.Run(
                        codes, weights.Slice((first + o) * shape.Depth, shape.Depth), (short)inputZeroPoint);
                    tile[o] = unchecked(bias[first + o] + sum - excess);
                }

                TRequantizer.Run(tile, r, first, results.Slice(first, tile.Length));
            }
        }
    }
}
