using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Natural logarithms of integers: TFLM's SignalFilterBankLog.</summary>
/// <remarks><c>signal/src/filter_bank_log.cc</c> and <c>log.cc</c> of TensorFlow Lite Micro.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFilterBankLog
{
    private const int Segments = 128;
    private const int SegmentBits = 9; // of 16 bits behind the point
    private const int Ln2 = 45_426; // of 16 bits

    /// <summary>Logarithms times a scale, saturated.</summary>
    /// <param name="input">uint32.</param>
    /// <param name="table">[129]: what the logarithm to the base 2 of 1 + j / 128 is more than j / 128, in 1/65536.
    /// </param>
    /// <param name="correctionBits">By how many bits the input is shifted to the left; 0 to 31.</param>
    /// <param name="outputScale">What logarithms are multiplied by.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(
        ReadOnlySpan<uint> input, ReadOnlySpan<short> table, int correctionBits, int outputScale, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.Equal(table.Length, Segments + 1, nameof(table), "segments");
        for (int i = 0; i < input.Length; i++)
        {
            uint x = input[i] << correctionBits;
            uint scaled = x <= 1 ? 0 : unchecked(((uint)outputScale * Logarithm(x, table)) + 32_768) >> 16;
            output[i] = (short)Math.Min(scaled, (uint)short.MaxValue);
        }
    }

    /// <summary>In 1/65536, of 2 or more.</summary>
    private static uint Logarithm(uint x, ReadOnlySpan<short> table)
    {
        int whole = BitOperations.Log2(x);
        uint rest = x - (1u << whole);
        int part = (int)(whole < 16 ? rest << (16 - whole) : rest >> (whole - 16));
        int segment = part >> SegmentBits;
        int between = (table[segment + 1] - table[segment]) * (part - (segment << SegmentBits));
        int log2 = (whole << 16) + part + table[segment] + (between >> 16);
        return (uint)((((long)Ln2 * log2) + 32_768) >> 16);
    }
}
