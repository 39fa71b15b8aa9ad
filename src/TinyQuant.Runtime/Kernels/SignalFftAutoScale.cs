using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref short x = ref MemoryMarshal.GetReference(input);
            ref short y = ref MemoryMarshal.GetReference(output);
            for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                (Vector128.LoadUnsafe(ref x, (nuint)i) << shift).StoreUnsafe(ref y, (nuint)i);
            }
        }

        for (; i < input.Length; i++)
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
        (int i, short most) = (0, 0);
        if (Vector128.IsHardwareAccelerated)
        {
            ref short x = ref MemoryMarshal.GetReference(input);
            Vector128<short> least = default, greatest = default;
            for (; i <= input.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Vector128<short> samples = Vector128.LoadUnsafe(ref x, (nuint)i);
                (least, greatest) = (Vector128.Min(least, samples), Vector128.Max(greatest, samples));
            }

            // Where there is a −32768, the order counts.
            (i, most) = Vector128.EqualsAny(least, Vector128.Create(short.MinValue))
                ? (0, (short)0)
                : (i, Greatest(Vector128.Max(greatest, -least)));
        }

        for (; i < input.Length; i++)
        {
            short x = input[i];
            most = x > most ? x : -x > most ? unchecked((short)-x) : most;
        }

        return most;
    }

    private static short Greatest(Vector128<short> values)
    {
        short most = values[0];
        for (int i = 1; i < Vector128<short>.Count; i++)
        {
            most = Math.Max(most, values[i]);
        }

        return most;
    }

    /// <summary>A negative magnitude leaves none free, and neither does 0.</summary>
    private static int FreeBits(short magnitude) =>
        magnitude <= 0 ? 0 : MostBits - (BitOperations.Log2((uint)magnitude) + 1);
}
