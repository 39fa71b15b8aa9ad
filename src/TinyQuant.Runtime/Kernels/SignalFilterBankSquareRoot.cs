using System.ComponentModel;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Roots of sums: TFLM's SignalFilterBankSquareRoot.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFilterBankSquareRoot
{
    /// <summary>Roots to the nearest integer, shifted to the right without rounding.</summary>
    /// <remarks>
    /// <c>signal/src/filter_bank_square_root.cc</c>, <c>square_root_32.cc</c> and <c>square_root_64.cc</c> of
    /// TensorFlow Lite Micro: what fits 32 bits has a root of 16, and any other one of 32.
    /// </remarks>
    /// <param name="input">uint64.</param>
    /// <param name="bits">[1]: by how many bits roots are shifted, of which the lowest 5 count.</param>
    /// <param name="output">As long as <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(ReadOnlySpan<ulong> input, ReadOnlySpan<int> bits, Span<uint> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.Equal(bits.Length, 1, nameof(bits), "count");
        int shift = bits[0];
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = Root(input[i]) >> shift;
        }
    }

    private static uint Root(ulong x)
    {
        uint most = x <= uint.MaxValue ? ushort.MaxValue : uint.MaxValue;
        ulong root = (ulong)Math.Min(Math.Sqrt(x), most); // at most 1 more or less than it should be
        while (root * root > x)
        {
            root--;
        }

        while (root < most && (root + 1) * (root + 1) <= x)
        {
            root++;
        }

        ulong rest = x - (root * root);
        return (uint)(rest > root && root < most ? root + 1 : root);
    }
}
