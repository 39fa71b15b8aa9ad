using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Geometry;
using TinyQuant.Kernels.Requantizers;
using TinyQuant.Kernels.Rows;

namespace TinyQuant.Kernels;

/// <summary>
/// Sums and extremes along axes, TensorFlow Lite's SUM, MEAN, REDUCE_MAX and REDUCE_MIN, int8 and float32.
/// </summary>
/// <remarks>
/// Two views say which elements belong together: element k of the output is the sum, or extreme, over all r of input
/// element kept(k) + reduced(r). Where outputs lie side by side in the input, a tile of them is summed at a time.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Reduction
{
    private const int Tile = 64;

    /// <summary><c>clamp(round((Σ x − count · zp) · m · 2^(s − 31)) + output zero point, −128, 127)</c>.</summary>
    /// <param name="input">Any int8 codes.</param>
    /// <param name="kept">A place in the input for each element of the output.</param>
    /// <param name="reduced">Distances from it to the elements that are summed.</param>
    /// <param name="inputZeroPoints">The input's zero point, times the number of elements that are summed.</param>
    /// <param name="multiplier">Q0.31; for a mean, divided by that number.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="outputZeroPoint">The output's zero point, in [-128, 127].</param>
    /// <param name="output">int8 codes; apart from the input.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The views do not lie inside of the input, or do not have the output's
    /// length.</exception>
    public static void Int8<TRounding>(
        ReadOnlySpan<sbyte> input, scoped in StridedView kept, scoped in StridedView reduced, int inputZeroPoints,
        int multiplier, int shift,
        int outputZeroPoint, Span<sbyte> output)
        where TRounding : struct, IFixedPointRounding
    {
        Check(input.Length, kept, reduced, output.Length);
        Requantization r = new(
            new ReadOnlySpan<int>(in multiplier), new ReadOnlySpan<int>(in shift), outputZeroPoint, sbyte.MinValue,
            sbyte.MaxValue);
        Span<int> sums = stackalloc int[Tile];
        bool turns = TurnedRows.Takes<sbyte>(kept, reduced);
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
                    TurnedRows.Run<sbyte, int, RowSums>(
                        input, places.At + (first * kept.RunStride), kept.RunStride, reduced, tile);
                }
                else
                {
                    Sum(input, places.At + first, reduced, tile);
                }

                FixedPointCodes.Run<TRounding>(tile, r, firstChannel: 0, output.Slice(to + first, tile.Length));
            }

            places.Next();
        }
    }

    /// <summary><c>Σ x / divisor</c>.</summary>
    /// <param name="input">Any real values.</param>
    /// <param name="kept">A place in the input for each element of the output.</param>
    /// <param name="reduced">Distances from it to the elements that are summed.</param>
    /// <param name="divisor">1 for a sum, the number of elements for a mean.</param>
    /// <param name="output">Real values; apart from the input.</param>
    /// <exception cref="ArgumentException">The views do not lie inside of the input, or do not have the output's
    /// length.</exception>
    public static void Float32(
        ReadOnlySpan<float> input, scoped in StridedView kept, scoped in StridedView reduced, float divisor,
        Span<float> output)
    {
        Check(input.Length, kept, reduced, output.Length);
        bool turns = TurnedRows.Takes<float>(kept, reduced);
        int run = turns || kept.RunStride == 1 ? kept.Run : 1;
        StridedWalk places = new(turns || kept.RunStride == 1 ? kept.Runs : kept);
        for (int to = 0; to < output.Length; to += run)
        {
            Span<float> sums = output.Slice(to, run);
            sums.Clear();
            if (turns)
            {
                for (int first = 0; first < run; first += TurnedRows.Lanes)
                {
                    TurnedRows.Run<float, float, RowSums>(
                        input, places.At + (first * kept.RunStride), kept.RunStride, reduced,
                        sums.Slice(first, Math.Min(TurnedRows.Lanes, run - first)));
                }
            }
            else
            {
                Sum(input[places.At..], reduced, sums);
            }

            places.Next();
        }

        Divide(output, divisor);
    }

    private static void Divide(Span<float> sums, float divisor)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sums[i..]) / new Vector<float>(divisor)).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] /= divisor;
        }
    }

    private static void Sum(ReadOnlySpan<sbyte> input, int at, scoped in StridedView reduced, Span<int> sums)
    {
        bool isRow = sums.Length == 1 && reduced.RunStride == 1;
        int run = reduced.Run;
        StridedWalk walk = new(reduced.Runs);
        int count = reduced.Count / run;
        for (int i = 0; i < count; i++)
        {
            if (isRow)
            {
                sums[0] += PlaneSums.Total(input.Slice(at + walk.At, run));
            }
            else
            {
                PlaneSums.AddColumns(input, at + walk.At, run, reduced.RunStride, sums);
            }

            walk.Next();
        }
    }

    private static void Sum(ReadOnlySpan<float> input, scoped in StridedView reduced, Span<float> sums)
    {
        int run = sums.Length == 1 && reduced.RunStride == 1 ? reduced.Run : 1;
        StridedWalk walk = new(run > 1 ? reduced.Runs : reduced);
        int count = reduced.Count / run;
        for (int i = 0; i < count; i++)
        {
            if (run > 1)
            {
                foreach (float real in input.Slice(walk.At, run))
                {
                    sums[0] += real;
                }
            }
            else
            {
                PlaneSums.Add(input.Slice(walk.At, sums.Length), sums);
            }

            walk.Next();
        }
    }

    private static void Check(int input, in StridedView kept, in StridedView reduced, int output)
    {
        int farthest = reduced.Check(input, -1);
        kept.Check(input - farthest, output);
    }
}
