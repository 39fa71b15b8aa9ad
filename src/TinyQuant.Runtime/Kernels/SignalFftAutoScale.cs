using System.ComponentModel;
using System.Numerics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Numbers that fill their 16 bits before a transform: TFLM's SignalFftAutoScale.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalFftAutoScale
{
    private const int MostBits = 15;

    /// <summary>Shifts numbers to the left by as many bits as the greatest magnitude leaves free.</summary>
    /// <remarks><c>signal/src/max_abs.cc</c> and <c>fft_auto_scale.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">int16.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it.</param>
    /// <param name="bits">[1]: by how many bits.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(ReadOnlySpan<short> input, Span<short> output, Span<int> bits)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.Equal(bits.Length, 1, nameof(bits), "count");
        int shift = FreeBits(Magnitude(input));
        for (int i = 0; i < input.Length; i++)
        {
            output[i] = unchecked((short)(input[i] << shift));
        }

        bits[0] = shift;
    }

    /// <summary>
    /// The greatest magnitude, in 16 bits as the reference keeps it: −32768 stays what it is, and all that follows is
    /// greater.
    /// </summary>
    private static short Magnitude(ReadOnlySpan<short> input)
    {
        short most = 0;
        foreach (short x in input)
        {
            most = x > most ? x : -x > most ? unchecked((short)-x) : most;
        }

        return most;
    }

    /// <summary>A negative magnitude leaves none free, and neither does 0.</summary>
    private static int FreeBits(short magnitude) =>
        magnitude <= 0 ? 0 : MostBits - (BitOperations.Log2((uint)magnitude) + 1);
}
