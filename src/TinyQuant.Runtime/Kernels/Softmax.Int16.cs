using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <content>SOFTMAX of int16 codes: two tables of 512 steps, and lines between their entries.</content>
public static partial class Softmax
{
    private const int WordTableLength = 513;

    /// <summary>int16 codes in, int16 codes out: scale 1/32768, zero point 0.</summary>
    /// <remarks><c>SoftmaxInt16</c> of <c>tensorflow/lite/kernels/internal/reference/softmax.h</c>.</remarks>
    /// <param name="input">[rows, depth] int16 codes.</param>
    /// <param name="depth">Codes of a row, from 1 to 65,536.</param>
    /// <param name="multiplier">Q0.31: with <paramref name="shift"/>, steps of 10/65535 for one of the input.</param>
    /// <param name="shift">In [-31, 30].</param>
    /// <param name="exponentials">[513] e^x for x from -10 to 0.</param>
    /// <param name="reciprocals">[513] 1 / (1 + x) for x from 0 to 1.</param>
    /// <param name="output">[rows, depth] int16 codes; may be <paramref name="input"/>.</param>
    /// <typeparam name="TRounding">The rounding.</typeparam>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Int16<TRounding>(
        ReadOnlySpan<short> input, int depth, int multiplier, int shift, ReadOnlySpan<short> exponentials,
        ReadOnlySpan<short> reciprocals, Span<short> output)
        where TRounding : struct, IFixedPointRounding
    {
        SpanChecks.Equal(exponentials.Length, WordTableLength, nameof(exponentials), "steps");
        SpanChecks.Equal(reciprocals.Length, WordTableLength, nameof(reciprocals), "steps");
        Check(input.Length, depth, TableLength, output.Length);
        for (int at = 0; at < input.Length; at += depth)
        {
            ReadOnlySpan<short> row = input.Slice(at, depth);
            Span<short> codes = output.Slice(at, depth);
            short greatest = short.MinValue;
            foreach (short code in row)
            {
                greatest = Math.Max(greatest, code);
            }

            int sum = 0;
            for (int i = 0; i < row.Length; i++)
            {
                int steps = TRounding.Multiply(row[i] - greatest, multiplier, shift);
                codes[i] = (short)Between(exponentials, Saturate((long)steps + short.MaxValue));
                sum += codes[i];
            }

            Share(codes, sum, reciprocals);
        }
    }

    /// <summary>Makes exponentials to shares of their sum.</summary>
    private static void Share(Span<short> codes, int sum, ReadOnlySpan<short> reciprocals)
    {
        const int half = 1 << 13;
        int headroom = BitOperations.LeadingZeroCount((uint)sum);

        // The sum's digits behind its first, from 0 to 1, of which the table begins at -32768.
        long digits = headroom > 0 ? (long)sum << (headroom - 1) : (long)sum >> 1;
        int shifted = (int)((digits + half) >> 14) - (3 << 15);
        int reciprocal = Between(reciprocals, Saturate(shifted));
        int right = 31 - headroom;
        foreach (ref short code in codes)
        {
            long share = (((long)code * reciprocal) + (1L << (right - 1))) >> right;
            code = (short)Math.Clamp(share, 0, short.MaxValue);
        }
    }

    /// <summary>The table's answer, rounded between two entries: <c>LUTLookup</c> of internal/common.h.</summary>
    private static int Between(ReadOnlySpan<short> table, short x)
    {
        int index = 256 + (x >> 7);
        int slope = table[index + 1] - table[index];
        return table[index] + (((slope * (x & 0x7F)) + 64) >> 7);
    }

    private static short Saturate(long x) => (short)Math.Clamp(x, short.MinValue, short.MaxValue);
}
