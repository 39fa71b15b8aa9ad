using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TinyQuant.Kernels.Requantizers;

/// <summary>Codes of rows that are shorter than a vector: side by side they fill vectors.</summary>
internal static class RowCodes
{
    /// <summary>Sums that are put side by side at most.</summary>
    private const int Most = 256;

    /// <summary>Whether rows of this length are better put side by side.</summary>
    public static bool Takes(int width, int rows) => width % 16 != 0 && width * rows <= Most;

    /// <summary>The constants of one row, as often as there are rows; those of a whole tensor as they are.</summary>
    /// <param name="r">Of one row.</param>
    /// <param name="width">How many outputs a row has.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="multipliers">Room for multipliers or scales; at least as many as outputs.</param>
    /// <param name="shifts">Room for as many shifts.</param>
    public static Requantization Repeat(
        in Requantization r, int width, int rows, Span<int> multipliers, Span<int> shifts)
    {
        if (r.IsPerTensor)
        {
            return r;
        }

        Span<float> scales = MemoryMarshal.Cast<int, float>(multipliers);
        for (int row = 0; row < rows; row++)
        {
            if (r.Scales.IsEmpty)
            {
                r.Multipliers.CopyTo(multipliers[(row * width)..]);
                r.Shifts.CopyTo(shifts[(row * width)..]);
            }
            else
            {
                r.Scales.CopyTo(scales[(row * width)..]);
            }
        }

        int count = rows * width;
        return r.Scales.IsEmpty
            ? new(multipliers[..count], shifts[..count], r.ZeroPoint, r.Min, r.Max)
            : new(scales[..count], r.ZeroPoint, r.Min, r.Max);
    }

    /// <summary>Writes the codes of some rows.</summary>
    /// <param name="sums">The first row's, and so on.</param>
    /// <param name="stride">Sums from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="width">How many sums each has.</param>
    /// <param name="r">What <see cref="Repeat"/> gave for at least as many rows.</param>
    /// <param name="output">The first row's codes, and so on.</param>
    /// <param name="outputStride">Codes from one row to the next.</param>
    [SkipLocalsInit]
    public static void Run<TRequantizer>(
        ReadOnlySpan<int> sums, int stride, int rows, int width, in Requantization r, Span<sbyte> output,
        int outputStride)
        where TRequantizer : struct, IRequantizer
    {
        Span<int> all = stackalloc int[Most];
        Span<sbyte> codes = stackalloc sbyte[Most];
        int count = rows * width;
        for (int row = 0; row < rows; row++)
        {
            sums.Slice(row * stride, width).CopyTo(all[(row * width)..]);
        }

        TRequantizer.Run(all[..count], r, firstChannel: 0, codes[..count]);
        for (int row = 0; row < rows; row++)
        {
            codes.Slice(row * width, width).CopyTo(output[(row * outputStride)..]);
        }
    }
}
