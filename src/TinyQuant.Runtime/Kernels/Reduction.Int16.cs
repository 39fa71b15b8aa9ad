using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <content>Sums and means of int16 codes.</content>
public static partial class Reduction
{
    /// <summary>
    /// <c>clamp(round((Σ x − count · zp) · m · 2^(s − 31)) + output zero point, −32768, 32767)</c>. The sum is an
    /// int32, and wraps around as the reference's does.
    /// </summary>
    /// <param name="input">Any int16 codes.</param>
    /// <param name="kept">A place in the input for each element of the output.</param>
    /// <param name="reduced">Distances from it to the elements that are summed.</param>
    /// <param name="inputZeroPoints">The input's zero point, times the number of elements that are summed.</param>
    /// <param name="multiplier">Q0.31; for a mean, divided by that number.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="outputZeroPoint">The output's zero point, in [-32768, 32767].</param>
    /// <param name="output">int16 codes; apart from the input.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The views do not lie inside of the input, or do not have the output's
    /// length.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> input, scoped in StridedView kept, scoped in StridedView reduced, int inputZeroPoints,
        int multiplier, int shift, int outputZeroPoint, Span<short> output)
        where TRounding : struct, IFixedPointRounding
    {
        Check(input.Length, kept, reduced, output.Length);
        Span<int> sums = stackalloc int[Tile];
        bool turns = TurnedRows.Takes<short>(kept, reduced);
        (int run, int most) = turns ? (kept.Run, TurnedRows.Lanes) : (kept.RunStride == 1 ? kept.Run : 1, Tile);
        StridedWalk places = new(turns || kept.RunStride == 1 ? kept.Runs : kept);
        for (int to = 0; to < output.Length; to += run)
        {
            for (int first = 0; first < run; first += most)
            {
                Span<int> tile = sums[..Math.Min(most, run - first)];
                tile.Fill(unchecked(-inputZeroPoints));
                if (turns)
                {
                    TurnedRows.Run<short, int, RowSums>(
                        input, places.At + (first * kept.RunStride), kept.RunStride, reduced, tile);
                }
                else
                {
                    Sum(input, places.At + first, reduced, tile);
                }

                FixedPointWords.Run<TRounding>(
                    tile, multiplier, shift, outputZeroPoint, output.Slice(to + first, tile.Length));
            }

            places.Next();
        }
    }

    private static void Sum(ReadOnlySpan<short> input, int at, scoped in StridedView reduced, Span<int> sums)
    {
        bool isRow = sums.Length == 1 && reduced.RunStride == 1;
        int run = isRow ? reduced.Run : 1;
        StridedWalk walk = new(isRow ? reduced.Runs : reduced);
        int count = reduced.Count / run;
        for (int i = 0; i < count; i++)
        {
            if (isRow)
            {
                sums[0] += PlaneSums.Total(input.Slice(at + walk.At, run));
            }
            else
            {
                PlaneSums.Add(input.Slice(at + walk.At, sums.Length), sums);
            }

            walk.Next();
        }
    }
}
