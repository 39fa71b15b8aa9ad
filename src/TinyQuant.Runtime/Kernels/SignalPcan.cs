using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Automatic gain for each channel by its noise: TFLM's SignalPCAN.</summary>
/// <remarks><c>signal/src/pcan_argc_fixed.cc</c> of TensorFlow Lite Micro.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalPcan
{
    private const int TableLength = (4 * 32) - 3;

    // Below this, the function of a signal by noise is a parabola, and a line beyond.
    private const uint Flat = 8_192;

    /// <summary>Multiplies channels by their gains, and flattens large values.</summary>
    /// <param name="input">[channels].</param>
    /// <param name="estimate">[channels]: the noise in them.</param>
    /// <param name="table">[125 or more]: gains for 0, 1 and 2, and four numbers for each number of bits, of a parabola
    /// over what is between.</param>
    /// <param name="snrShift">0 to 63.</param>
    /// <param name="output">[channels]; may be the input or the estimate.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<uint> input, ReadOnlySpan<uint> estimate, ReadOnlySpan<short> table, int snrShift,
        Span<uint> output)
    {
        SpanChecks.Equal(estimate.Length, input.Length, nameof(estimate), nameof(input));
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.AtLeast(table.Length, TableLength, nameof(table), "estimate");
        for (int i = 0; i < input.Length; i++)
        {
            uint ratio = unchecked((uint)(((ulong)input[i] * Gain(estimate[i], table)) >> snrShift));
            output[i] = ratio < Flat ? (ratio * ratio) >> 20 : (ratio >> 6) - 64;
        }
    }

    private static uint Gain(uint noise, ReadOnlySpan<short> table)
    {
        if (noise <= 2)
        {
            return unchecked((uint)table[(int)noise]);
        }

        int bits = BitOperations.Log2(noise) + 1;
        int at = (4 * bits) - 6;
        int part = (int)(bits < 11 ? noise << (11 - bits) : noise >> (bits - 11)) & 1_023;
        int curve = unchecked((((table[at + 2] * part) >> 5) + (table[at + 1] << 5)) * part);
        return unchecked((uint)(short)(((curve + (1 << 14)) >> 15) + table[at]));
    }
}
