using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>The squares of complex numbers' magnitudes: TFLM's SignalEnergy.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalEnergy
{
    /// <summary>real² + imaginary² in a part of a spectrum, and 0 outside of it.</summary>
    /// <remarks><c>signal/src/energy.cc</c> of TensorFlow Lite Micro, which leaves the rest alone.</remarks>
    /// <param name="input">[n, 2].</param>
    /// <param name="start">The first that is computed.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="output">[n].</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(ReadOnlySpan<short> input, int start, int end, Span<uint> output)
    {
        SpanChecks.Equal(input.Length, SpanChecks.Product(output.Length, 2), nameof(input), nameof(output));
        SpanChecks.AtLeast(output.Length, end, nameof(output), nameof(end));
        SpanChecks.AtLeast(end, Math.Max(start, 0), nameof(end), nameof(start));
        SpanChecks.AtLeast(start, 0, nameof(start), nameof(output));
        output[..start].Clear();
        output[end..].Clear();
        int i = start;
        if (Vector128.IsHardwareAccelerated)
        {
            ref short x = ref MemoryMarshal.GetReference(input);
            ref uint y = ref MemoryMarshal.GetReference(output);
            for (; i <= end - Vector128<uint>.Count; i += Vector128<uint>.Count)
            {
                Vector128<int> pairs = Vector128.LoadUnsafe(ref x, (nuint)(2 * i)).AsInt32();
                (Vector128<int> real, Vector128<int> imaginary) = ((pairs << 16) >> 16, pairs >> 16);
                ((real * real) + (imaginary * imaginary)).AsUInt32().StoreUnsafe(ref y, (nuint)i);
            }
        }

        for (; i < end; i++)
        {
            (int re, int im) = (input[2 * i], input[(2 * i) + 1]);
            output[i] = unchecked((uint)(re * re) + (uint)(im * im));
        }
    }
}
