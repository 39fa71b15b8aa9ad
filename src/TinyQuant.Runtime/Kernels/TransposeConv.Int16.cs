using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Matrices;
using TinyQuant.Kernels.Transposed;

namespace TinyQuant.Kernels;

public static partial class TransposeConv
{
    /// <summary>int16 codes with int8 weights: sums of 64 bits, <c>clamp(scaled(bias + Σ w · x))</c>.</summary>
    /// <remarks>
    /// <c>tensorflow/lite/kernels/internal/reference/integer_ops/transpose_conv.h</c>. Zero points of int16 are 0.
    /// </remarks>
    /// <param name="input">[batches, height, width, channels] int16 codes.</param>
    /// <param name="geometry">Sizes; the window slides over the output. The dilation is 1.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels] int8 codes.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output) and the clamp.</param>
    /// <param name="output">[batches, output height, output width, outputs] int16 codes.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    [SkipLocalsInit]
    public static void Int16(
        ReadOnlySpan<short> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<long> bias,
        in Int16Requantization r, Span<short> output)
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check(g.OutputChannels);
        Span<int> sums = stackalloc int[FourRows.Count * FourRows.Columns];
        Span<long> totals = stackalloc long[FourRows.Count * FourRows.Columns];
        TapFactors taps = new(
            stackalloc short[FourRows.Count * FourRows.Depth], stackalloc int[FourRows.Depth / FourRows.Step]);
        TransposedGroups positions = new(g);
        sums.Clear();
        while (positions.MoveNext())
        {
            for (int first = 0; first < g.OutputChannels; first += FourRows.Columns)
            {
                int width = Math.Min(FourRows.Columns, g.OutputChannels - first);
                for (int p = 0; p < FourRows.Count; p++)
                {
                    bias.Slice(first, width).CopyTo(totals[(p * FourRows.Columns)..]);
                }

                // 256 products of at most 2^15 · 2^7 are within int32.
                ReadOnlySpan<sbyte> rows = weights[(first * g.PatchLength)..];
                positions.BeginTaps();
                while (taps.Fill(ref positions, input, zeroPoint: 0, g.InputChannels))
                {
                    taps.AddProducts(rows, g.PatchLength, width, sums);
                    Empty(sums, totals, width);
                }

                for (int p = 0; p < positions.Count; p++)
                {
                    r.Run<Sums64>(
                        totals.Slice(p * FourRows.Columns, width), first, output[(positions.Output(p) + first)..]);
                }
            }
        }
    }

    private static void Empty(Span<int> sums, Span<long> totals, int width)
    {
        for (int p = 0; p < FourRows.Count; p++)
        {
            Span<int> row = sums.Slice(p * FourRows.Columns, width);
            Span<long> total = totals.Slice(p * FourRows.Columns, width);
            for (int o = 0; o < row.Length; o++)
            {
                total[o] += row[o];
            }

            row.Clear();
        }
    }
}
