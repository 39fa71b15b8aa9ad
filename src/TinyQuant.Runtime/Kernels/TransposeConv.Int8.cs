using System.Runtime.CompilerServices;
using TinyQuant.Kernels.Matrices;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Transposed;

namespace TinyQuant.Kernels;

public static partial class TransposeConv
{
    private const int MostRepeated = FourRows.Count * FourRows.Columns;

    /// <summary>int8 codes in, int8 codes out.</summary>
    /// <param name="input">[batches, height, width, channels] int8 codes.</param>
    /// <param name="geometry">Sizes; the window slides over the output. The dilation is 1.</param>
    /// <param name="weights">[outputs, filter height, filter width, channels] int8 codes.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="inputZeroPoint">The input's zero point, in [-128, 127].</param>
    /// <param name="r">Multipliers and shifts (one, or one for each output), the output's zero point and clamp.</param>
    /// <param name="output">[batches, output height, output width, outputs] int8 codes.</param>
    /// <typeparam name="TRequantizer">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or constants do not fit int8.</exception>
    [SkipLocalsInit]
    public static void Int8<TRequantizer>(
        ReadOnlySpan<sbyte> input, in WindowGeometry geometry, ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias,
        int inputZeroPoint, in Requantization r, Span<sbyte> output)
        where TRequantizer : struct, IRequantizer
    {
        WindowGeometry g = geometry;
        Check(g, input.Length, weights.Length, bias.Length, output.Length);
        r.Check<TRequantizer>(g.OutputChannels);
        Span<int> sums = stackalloc int[FourRows.Count * FourRows.Columns];
        TapFactors taps = new(
            stackalloc short[FourRows.Count * FourRows.Depth], stackalloc int[FourRows.Depth / FourRows.Step]);
        bool sideBySide = RowCodes.Takes(g.OutputChannels, FourRows.Count);
        Requantization rows = sideBySide
            ? RowCodes.Repeat(
                r, g.OutputChannels, FourRows.Count, stackalloc int[MostRepeated], stackalloc int[MostRepeated])
            : r;
        TransposedGroups positions = new(g);
        while (positions.MoveNext())
        {
            for (int first = 0; first < g.OutputChannels; first += FourRows.Columns)
            {
                int width = Math.Min(FourRows.Columns, g.OutputChannels - first);
                for (int p = 0; p < FourRows.Count; p++)
                {
                    bias.Slice(first, width).CopyTo(sums[(p * FourRows.Columns)..]);
                }

                ReadOnlySpan<sbyte> tile = weights[(first * g.PatchLength)..];
                positions.BeginTaps();
                while (taps.Fill(ref positions, input, (short)inputZeroPoint, g.InputChannels))
                {
                    taps.AddProducts(tile, g.PatchLength, width, sums);
                }

                if (sideBySide)
                {
                    RowCodes.Run<TRequantizer>(
                        sums, FourRows.Columns, positions.Count, width, rows, output[positions.Output(0)..],
                        positions.Step);
                }

                for (int p = 0; p < positions.Count && !sideBySide; p++)
                {
                    TRequantizer.Run(
                        sums.Slice(p * FourRows.Columns, width), r, first, output[(positions.Output(p) + first)..]);
                }
            }
        }
    }
}
