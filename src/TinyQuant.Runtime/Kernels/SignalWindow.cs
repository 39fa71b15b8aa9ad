using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TinyQuant.Kernels.Checks;

namespace TinyQuant.Kernels;

/// <summary>Frames times the weights of a window: TFLM's SignalWindow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SignalWindow
{
    /// <summary><c>saturate((x · w) >> shift)</c>, which rounds down.</summary>
    /// <remarks><c>signal/src/window.cc</c> of TensorFlow Lite Micro.</remarks>
    /// <param name="input">[frames, n].</param>
    /// <param name="weights">[n].</param>
    /// <param name="shift">0 to 31.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be it, or the weights where there is one
    /// frame.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Run(ReadOnlySpan<short> input, ReadOnlySpan<short> weights, int shift, Span<short> output)
    {
        SpanChecks.Equal(output.Length, input.Length, nameof(output), nameof(input));
        SpanChecks.AtLeast(weights.Length, 1, nameof(weights), nameof(input));
        SpanChecks.Equal(input.Length % weights.Length, 0, nameof(input), nameof(weights));
        for (int at = 0; at < input.Length; at += weights.Length)
        {
            Frame(input.Slice(at, weights.Length), weights, shift, output.Slice(at, weights.Length));
        }
    }

    private static void Frame(ReadOnlySpan<short> input, ReadOnlySpan<short> weights, int shift, Span<short> output)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref short x = ref MemoryMarshal.GetReference(input);
            ref short w = ref MemoryMarshal.GetReference(weights);
            ref short y = ref MemoryMarshal.GetReference(output);
            for (; i <= output.Length - Vector128<short>.Count; i += Vector128<short>.Count)
            {
                Vector128<short> samples = Vector128.LoadUnsafe(ref x, (nuint)i);
                Vector128<short> factors = Vector128.LoadUnsafe(ref w, (nuint)i);
                Vector128<int> low = Vector128.WidenLower(samples) * Vector128.WidenLower(factors);
                Vector128<int> high = Vector128.WidenUpper(samples) * Vector128.WidenUpper(factors);
                Vector128.NarrowWithSaturation(low >> shift, high >> shift).StoreUnsafe(ref y, (nuint)i);
            }
        }

        for (; i < output.Length; i++)
        {
            output[i] = (short)Math.Clamp((input[i] * weights[i]) >> shift, short.MinValue, short.MaxValue);
        }
    }
}
